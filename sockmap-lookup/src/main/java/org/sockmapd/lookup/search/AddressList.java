package org.sockmapd.lookup.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Divides a text into addresses, as Postfix's {@code tok822_parse(3)} does: at commas, and between
 * two words that nothing joins ({@code a@b c@d} are two addresses). Comments, the names of groups
 * and what stands before {@code <address>} are no part of an address. Works from right to left.
 */
final class AddressList {
  private static final String OPERATORS = "|%!()<>@,;:\\\".[]";
  private static final String ENDS_OF_PHRASE = ">;,:";
  private static final char WORD = 'w';

  private final List<Token> tokens;
  private final List<List<Token>> addresses = new ArrayList<>();
  private int end;

  private AddressList(List<Token> tokens) {
    this.tokens = tokens;
    this.end = tokens.size();
  }

  /** A word ({@link #WORD}) with its text, or an operator. */
  private record Token(char type, String text) {}

  /**
   * Puts an extension into each address of a text.
   *
   * @return the addresses in their external form; none when there is none in the text
   */
  static List<String> withExtension(String text, String extension) {
    AddressList list = new AddressList(tokens(text));
    list.divide();
    return list.addresses.stream().map(each -> extended(each, extension)).toList();
  }

  private static String extended(List<Token> address, String extension) {
    int split = lastOperator(address, '@');
    if (split < 0) {
      // Postfix takes user%domain for user@domain.
      split = lastOperator(address, '%');
    }
    int localpart = split < 0 ? address.size() : split;
    return AddressForm.external(
        text(address.subList(0, localpart))
            + extension
            + text(address.subList(localpart, address.size())));
  }

  private static int lastOperator(List<Token> address, char operator) {
    int at = address.size() - 1;
    while (at >= 0 && address.get(at).type != operator) {
      at--;
    }
    return at;
  }

  private static String text(List<Token> address) {
    return address.stream().map(Token::text).collect(Collectors.joining());
  }

  private void divide() {
    boolean inGroup = false;
    boolean wordFits = true;
    int at = end - 1;
    while (at >= 0) {
      switch (tokens.get(at).type) {
        case WORD -> {
          if (!wordFits) {
            takeAfter(at);
            end = at + 1;
          }
          wordFits = false;
          at--;
        }
        case ';' -> {
          takeAfter(at);
          inGroup = true;
          wordFits = true;
          at--;
        }
        case ',' -> {
          takeAfter(at);
          wordFits = true;
          at--;
        }
        case '>' -> {
          takeAfter(at);
          at = before(at, "<");
          takeAfter(at);
          at = before(at, ENDS_OF_PHRASE);
          end = Math.max(at, 0);
          wordFits = true;
        }
        case ':' -> {
          if (inGroup) {
            takeAfter(at);
            at = before(at, ",");
            end = Math.max(at, 0);
          } else {
            wordFits = true;
            at--;
          }
        }
        default -> {
          wordFits = true;
          at--;
        }
      }
    }
    takeAfter(-1);
  }

  /** Takes what stands between a token and the end of what was not taken yet. */
  private void takeAfter(int at) {
    if (at + 1 < end) {
      addresses.addFirst(tokens.subList(at + 1, end));
    }
    end = Math.max(at, 0);
  }

  private int before(int from, String types) {
    int at = from;
    while (at >= 0 && types.indexOf(tokens.get(at).type) < 0) {
      at--;
    }
    return at;
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isBlank(c)) {
        at++;
      } else if (c == '(') {
        at = endOfComment(text, at + 1);
      } else if (c == '[') {
        StringBuilder literal = new StringBuilder("[");
        at = collect(text, at + 1, "]", false, literal) + 1;
        tokens.add(new Token(WORD, literal.append(']').toString()));
      } else if (c == '"') {
        StringBuilder quoted = new StringBuilder();
        at = collect(text, at + 1, "\"", false, quoted) + 1;
        tokens.add(new Token(WORD, quoted.toString()));
      } else if (c != '\\' && OPERATORS.indexOf(c) >= 0) {
        tokens.add(new Token(c, String.valueOf(c)));
        at++;
      } else {
        StringBuilder atom = new StringBuilder();
        at = collect(text, at, OPERATORS, true, atom);
        tokens.add(new Token(WORD, atom.toString()));
      }
    }
    return tokens;
  }

  private static int collect(
      String text, int from, String ends, boolean endsAtBlank, StringBuilder into) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
        if (at == text.length()) {
          break;
        }
        c = text.charAt(at);
      } else if (ends.indexOf(c) >= 0 || (endsAtBlank && isBlank(c))) {
        break;
      }
      into.append(isBlank(c) ? ' ' : c);
      at++;
    }
    return at;
  }

  private static int endOfComment(String text, int from) {
    int depth = 1;
    int at = from;
    while (at < text.length() && depth > 0) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
