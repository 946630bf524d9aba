package io.admix.server.pages;

/**
 * What somebody is told who is not let in.
 *
 * @param style the looks, as CSS
 * @param message why he is not
 * @param next where to go after signing in
 * @param asksForToken whether a field for the service's token is there
 */
public record Outside(
    Language language, String style, String message, String next, boolean asksForToken) {

  /** The words of a key. */
  public String t(String key) {
    return Words.of(language, key);
  }
}
