package org.sockmapd.lookup.template;

/** A template that cannot be used. The message says where and why, fit to show an administrator. */
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  TemplateException(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  /**
   * Tells where the template is wrong.
   *
   * @return the index of the first wrong character, counted from 0
   */
  public int offset() {
    return offset;
  }
}
