package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PartsTest {

  private final Parts parts = new Parts();
  private final List<String> closed = new ArrayList<>();

  @Test
  void close_reverseOrder_onceOnly() {
    add("a", null);
    add("b", null);
    parts.close();
    parts.close();

    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void close_someFail_closesTheOthersAndKeepsAllFailures() {
    IllegalStateException first = new IllegalStateException("first");
    IllegalStateException second = new IllegalStateException("second");
    add("a", null);
    add("b", second);
    add("c", first);

    assertThatThrownBy(parts::close).hasCause(first);
    assertThat(first).hasSuppressedException(second);
    assertThat(closed).containsExactly("c", "b", "a");
  }

  @Test
  void closeAfter_aFailure_isNotHiddenByAnotherOne() {
    IllegalStateException cause = new IllegalStateException("why");
    IllegalStateException another = new IllegalStateException("and then");
    add("a", another);
    parts.closeAfter(cause);

    assertThat(cause).hasSuppressedException(another);
  }

  private void add(String name, @Nullable RuntimeException failure) {
    parts.add(
        name,
        () -> {
          closed.add(name);
          if (failure != null) {
            throw failure;
          }
        });
  }
}
