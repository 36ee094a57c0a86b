package org.sockmapd.lookup.sql.mariadb;

import java.io.IOException;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.ReadableByteBuf;
import org.mariadb.jdbc.client.socket.Writer;
import org.mariadb.jdbc.client.util.MutableInt;
import org.mariadb.jdbc.plugin.Codec;

/** Puts literals into the text of statements, as they are. Safe for use by many threads. */
public final class LiteralValueCodec implements Codec<LiteralValue> {
  /** Makes the codec, for the driver. */
  public LiteralValueCodec() {}

  @Override
  public String className() {
    return LiteralValue.class.getName();
  }

  @Override
  public boolean canDecode(ColumnDecoder column, Class<?> type) {
    return false;
  }

  @Override
  public boolean canEncode(Object value) {
    return value instanceof LiteralValue;
  }

  @Override
  public void encodeText(
      Writer encoder,
      Context context,
      LiteralValue value,
      @Nullable Calendar calendar,
      @Nullable Long length)
      throws IOException {
    encoder.writeAscii(value.literal());
  }

  @Override
  public int getApproximateTextProtocolLength(LiteralValue value, @Nullable Long length) {
    return value.literal().length();
  }

  @Override
  public LiteralValue decodeText(
      ReadableByteBuf buffer,
      MutableInt length,
      ColumnDecoder column,
      @Nullable Calendar calendar,
      Context context) {
    throw onlyText();
  }

  @Override
  public LiteralValue decodeBinary(
      ReadableByteBuf buffer,
      MutableInt length,
      ColumnDecoder column,
      @Nullable Calendar calendar,
      Context context) {
    throw onlyText();
  }

  @Override
  public void encodeBinary(
      Writer encoder,
      Context context,
      LiteralValue value,
      @Nullable Calendar calendar,
      @Nullable Long length) {
    throw onlyText();
  }

  @Override
  public int getBinaryEncodeType() {
    throw onlyText();
  }

  private static UnsupportedOperationException onlyText() {
    return new UnsupportedOperationException("is only written into the text of a statement");
  }
}
