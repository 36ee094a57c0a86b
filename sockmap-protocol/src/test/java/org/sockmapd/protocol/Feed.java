package org.sockmapd.protocol;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;

/** How a test's input arrives: every codec test runs with each. */
enum Feed {
  WHOLE {
    @Override
    InputStream of(byte[] input) {
      return new ByteArrayInputStream(input);
    }
  },
  DRIBBLED {
    @Override
    InputStream of(byte[] input) {
      return inPieces(input, 1);
    }
  },
  IN_SEVENS {
    @Override
    InputStream of(byte[] input) {
      return inPieces(input, 7);
    }
  };

  abstract InputStream of(byte[] input);

  /** A stream that gives at most so many bytes a read. */
  static InputStream inPieces(byte[] input, int most) {
    return new ByteArrayInputStream(input) {
      @Override
      public synchronized int read(byte[] to, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, to.length);
        return super.read(to, offset, Math.min(length, most));
      }
    };
  }
}
