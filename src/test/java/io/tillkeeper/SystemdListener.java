package io.tillkeeper;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Hears what a service tells systemd: the other end of its notification socket. */
final class SystemdListener implements AutoCloseable {

  private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Channel channel;

  private SystemdListener(Path socket) {
    this.channel =
        new Bootstrap()
            .group(loop)
            .channel(EpollDomainDatagramChannel.class)
            .handler(
                new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                  @Override
                  protected void channelRead0(
                      ChannelHandlerContext context, DomainDatagramPacket packet) {
                    packet
                        .content()
                        .toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .forEach(heard::add);
                  }
                })
            .bind(new DomainSocketAddress(socket.toFile()))
            .syncUninterruptibly()
            .channel();
  }

  /** Listens on a socket that is made there. */
  static SystemdListener on(Path socket) {
    return new SystemdListener(socket);
  }

  /** Everything so far, in the order in which it was said. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** Waits until something was said. */
  void await(String assignment) {
    await(assignment, 1);
  }

  /** Waits until something was said so many times. */
  void await(String assignment, int times) {
    Await.until(
        Duration.ofSeconds(30),
        () -> Collections.frequency(heard, assignment) >= times,
        () -> "systemd hears %s %d times: %s".formatted(assignment, times, heard));
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
