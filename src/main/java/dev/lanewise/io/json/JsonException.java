package dev.lanewise.io.json;

import java.io.IOException;

/** Text that is not JSON, or not the JSON that is read here; the message says what is wrong, and where. */
public final class JsonException extends IOException {

  JsonException(String message) {
    super(message);
  }
}
