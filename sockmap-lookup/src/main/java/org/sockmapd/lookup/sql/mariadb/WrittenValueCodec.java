package org.sockmapd.lookup.sql.mariadb;

import java.sql.SQLDataException;
import java.util.Calendar;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.ReadableByteBuf;
import org.mariadb.jdbc.client.socket.Writer;
import org.mariadb.jdbc.client.util.MutableInt;
import org.mariadb.jdbc.plugin.Codec;
import org.sockmapd.lookup.sql.Utf8Value;

/**
 * Reads values that the server sent in text. The driver's own {@code getString} makes half a second
 * in a DATETIME(3) into {@code .500000}, and a BIT into digits. Safe for use by many threads.
 */
public final class WrittenValueCodec implements Codec<WrittenValue> {
  /** Makes the codec, for the driver. */
  public WrittenValueCodec() {}

  @Override
  public String className() {
    return WrittenValue.class.getName();
  }

  @Override
  public boolean canDecode(ColumnDecoder column, Class<?> type) {
    return type == WrittenValue.class;
  }

  @Override
  public boolean canEncode(Object value) {
    return false;
  }

  @Override
  public WrittenValue decodeText(
      ReadableByteBuf buffer,
      MutableInt length,
      ColumnDecoder column,
      @Nullable Calendar calendar,
      Context context)
      throws SQLDataException {
    byte[] bytes = new byte[length.get()];
    buffer.readBytes(bytes);
    return new WrittenValue(Objects.requireNonNull(Utf8Value.decode(bytes)));
  }

  @Override
  public WrittenValue decodeBinary(
      ReadableByteBuf buffer,
      MutableInt length,
      ColumnDecoder column,
      @Nullable Calendar calendar,
      Context context)
      throws SQLDataException {
    throw new SQLDataException("a binary value has no text");
  }

  @Override
  public void encodeText(
      Writer encoder,
      Context context,
      WrittenValue value,
      @Nullable Calendar calendar,
      @Nullable Long length) {
    throw onlyRead();
  }

  @Override
  public int getApproximateTextProtocolLength(WrittenValue value, @Nullable Long length) {
    throw onlyRead();
  }

  @Override
  public void encodeBinary(
      Writer encoder,
      Context context,
      WrittenValue value,
      @Nullable Calendar calendar,
      @Nullable Long length) {
    throw onlyRead();
  }

  @Override
  public int getBinaryEncodeType() {
    throw onlyRead();
  }

  private static UnsupportedOperationException onlyRead() {
    return new UnsupportedOperationException("is only read");
  }
}
