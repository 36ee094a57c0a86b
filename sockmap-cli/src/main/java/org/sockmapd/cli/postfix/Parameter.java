package org.sockmapd.cli.postfix;

import org.sockmapd.cli.config.Problem;

/** A parameter of a file in the form of {@code main.cf}. */
record Parameter(CfText nameText, CfText value) {

  String name() {
    return nameText.text();
  }

  String text() {
    return value.text();
  }

  int line() {
    return nameText.line();
  }

  /** Tells what is wrong with the parameter as a whole. */
  Problem problem(String message) {
    return nameText.problem(0, name(), message);
  }

  /** Tells what is wrong at a place in its value. */
  Problem problem(int offset, String message) {
    return value.problem(offset, name(), message);
  }
}
