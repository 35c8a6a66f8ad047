package io.levin.checkpoint.torch;

import java.util.ArrayList;
import java.util.List;

/** The stack of the pickle machine, with its marks. */
final class Stack {
  /** More values than any checkpoint has: a hundred thousand tensors make two million. */
  private static final int MOST_VALUES = 16_000_000;

  private final Input input;
  private final List<Object> values = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private int pushed;

  Stack(Input input) {
    this.input = input;
  }

  void push(Object value) {
    if (++pushed > MOST_VALUES) {
      throw input.bad("more than %d values".formatted(MOST_VALUES));
    }
    values.add(value);
  }

  Object pop() {
    checkDepth(1);
    return values.remove(values.size() - 1);
  }

  Object top() {
    checkDepth(1);
    return values.get(values.size() - 1);
  }

  private void checkDepth(int needed) {
    int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    if (values.size() - needed < floor) {
      throw input.bad("the stack is empty");
    }
  }

  void mark() {
    if (marks.size() >= MOST_VALUES) {
      throw input.bad("too many marks");
    }
    marks.add(values.size());
  }

  /** What was pushed since the last mark, which is taken away. */
  List<Object> popMark() {
    if (marks.isEmpty()) {
      throw input.bad("there is no mark on the stack");
    }
    int from = marks.remove(marks.size() - 1);
    List<Object> tail = values.subList(from, values.size());
    List<Object> items = new ArrayList<>(tail);
    tail.clear();
    return items;
  }

  /** The top values in the order in which they were pushed. */
  List<Object> popAll(int count) {
    checkDepth(count);
    List<Object> tail = values.subList(values.size() - count, values.size());
    List<Object> items = new ArrayList<>(tail);
    tail.clear();
    return items;
  }

  boolean isMarked() {
    int size = values.size();
    return !marks.isEmpty() && marks.get(marks.size() - 1) == size;
  }
}
