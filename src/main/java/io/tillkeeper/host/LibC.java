package io.tillkeeper.host;

import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.SignedWord;
import org.graalvm.word.UnsignedWord;

/**
 * What the native binary asks the C library of Linux for, because Java has no such call. Only to be
 * used in the binary.
 */
final class LibC {

  static final int AF_UNIX = 1;
  static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  static final int MSG_NOSIGNAL = 0x4000;
  static final int MADV_DONTNEED = 4;

  private LibC() {}

  @CFunction
  static native int socket(int domain, int type, int protocol);

  @CFunction
  static native SignedWord sendto(
      int socket,
      CCharPointer message,
      UnsignedWord length,
      int flags,
      PointerBase address,
      int addressLength);

  @CFunction
  static native int close(int file);

  @CFunction
  static native int madvise(PointerBase start, UnsignedWord length, int advice);
}
