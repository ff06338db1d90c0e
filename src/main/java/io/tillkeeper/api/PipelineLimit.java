package io.tillkeeper.api;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Lets a connection wait that sends request after request without waiting for answers. The server
 * answers one after the other, and would keep all that have come in memory. It slows such a
 * connection down and does not bound it: the server reads on with each request that it begins. Used
 * by the connection's own thread only.
 */
final class PipelineLimit extends ChannelDuplexHandler {

  private static final String NAME = "tillkeeper-pipeline";

  /**
   * Of requests without their answers, before no more is read. What one read brings can be more.
   */
  private static final int MOST = 16;

  /** The one by which the connection was met. */
  private int open = 1;

  private boolean stopped;

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
    if (message instanceof HttpRequest) {
      open++;
    }
    context.fireChannelRead(message);
  }

  /** Here, because whatever comes after it may have begun to read again. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (open > MOST) {
      stopped = true;
      context.channel().config().setAutoRead(false);
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent) {
      open--;
      if (stopped && open <= MOST / 2) {
        stopped = false;
        context.channel().config().setAutoRead(true);
      }
    }
    context.write(message, promise);
  }
}
