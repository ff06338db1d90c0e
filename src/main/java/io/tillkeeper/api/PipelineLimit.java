package io.tillkeeper.api;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Hands the server one request of a connection at a time, for a client that sends one after the
 * other without waiting for answers. By itself the server reads on and on, ties each request to the
 * one before it, and lets go of none of them while a thread at rest still knows the first. So what
 * has come meanwhile waits here, at most what one read brought, and nothing more is read until it
 * is gone: then it is the client that waits. Used by the connection's own thread only.
 */
final class PipelineLimit extends ChannelDuplexHandler {

  private static final String NAME = "tillkeeper-pipeline";

  private final Queue<Object> waiting = new ArrayDeque<>();

  /** The one by which the connection was met. */
  private boolean answering = true;

  private PipelineLimit() {}

  /** Watches a connection from its first request on. */
  static void watch(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      var pipeline = base.channel().pipeline();
      if (pipeline.get(NAME) == null && pipeline.get("handler") != null) {
        pipeline.addBefore("handler", NAME, new PipelineLimit());
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpObject && mustWait(message)) {
      waiting.add(message);
    } else {
      pass(context, message);
    }
  }

  /** What belongs to a request that waits does so too. */
  private boolean mustWait(Object message) {
    return !waiting.isEmpty() || (answering && message instanceof HttpRequest);
  }

  private void pass(ChannelHandlerContext context, Object message) {
    answering |= message instanceof HttpRequest;
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!waiting.isEmpty()) {
      context.channel().config().setAutoRead(false);
    }
    context.fireChannelReadComplete();
  }

  /** The server asks for more with each request that it begins. */
  @Override
  public void read(ChannelHandlerContext context) {
    if (waiting.isEmpty()) {
      context.read();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !isInterim(message)) {
      answering = false;
      if (!waiting.isEmpty()) {
        // after the server has done with the answer that it writes here
        context.executor().execute(() -> next(context));
      }
    }
    context.write(message, promise);
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  private void next(ChannelHandlerContext context) {
    while (!waiting.isEmpty() && !(answering && waiting.peek() instanceof HttpRequest)) {
      var message = waiting.remove();
      if (waiting.isEmpty()) {
        context.channel().config().setAutoRead(true);
        context.read();
      }
      pass(context, message);
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    context.fireChannelInactive();
  }
}
