package org.sockmapd.lookup.template;

import java.util.ArrayList;
import java.util.List;

/** Text with placeholders, as it is after the quoting around it was undone. */
record TextTemplate(List<TextPiece> pieces) {
  TextTemplate {
    pieces = List.copyOf(pieces);
  }

  /** Reads text without any quoting, whose percent signs were checked. */
  static TextTemplate ofChecked(String text) {
    Builder builder = new Builder();
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) == '%') {
        builder.percent(text.charAt(++at));
      } else {
        builder.text(text.charAt(at));
      }
    }
    return builder.build();
  }

  String expand(AddressParts value, AddressParts key) {
    if (pieces.size() == 1) {
      return pieces.getFirst().expand(value, key);
    }
    StringBuilder text = new StringBuilder();
    for (TextPiece piece : pieces) {
      text.append(piece.expand(value, key));
    }
    return text.toString();
  }

  List<Placeholder> placeholders() {
    return pieces.stream()
        .filter(Placeholder.class::isInstance)
        .map(Placeholder.class::cast)
        .toList();
  }

  /** Collects the pieces of a template from left to right. */
  static final class Builder {
    private final List<TextPiece> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    void text(char c) {
      text.append(c);
    }

    void text(String more) {
      text.append(more);
    }

    /** Takes what stands for a percent sign and its letter. */
    void percent(char letter) {
      if (letter == '%') {
        text('%');
      } else {
        flush();
        pieces.add(new Placeholder(letter));
      }
    }

    TextTemplate build() {
      flush();
      return new TextTemplate(pieces);
    }

    private void flush() {
      if (!text.isEmpty()) {
        pieces.add(new TextPiece.Fixed(text.toString()));
        text.setLength(0);
      }
    }
  }
}
