package io.levin.checkpoint;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object of a class that means nothing here, carried by name with all that it is made of.
 * Nothing is ever loaded or run for it.
 */
public final class Opaque {
  /** How the writer made it. */
  public enum Made {
    /** It is the class or function itself. */
    NAME,
    /** By calling the class or function with the arguments. */
    CALL,
    /** By the class's {@code __new__} with the arguments. */
    NEW
  }

  private final String module;
  private final String name;
  private final Made made;
  private final List<Object> arguments;
  private final List<Object> items = new ArrayList<>();
  private final Map<Object, Object> entries = new LinkedHashMap<>();
  private Object state;

  public Opaque(String module, String name, Made made, List<?> arguments) {
    this.module = requireNonNull(module, "module");
    this.name = requireNonNull(name, "name");
    this.made = requireNonNull(made, "made");
    this.arguments = new ArrayList<>(arguments);
  }

  public String module() {
    return module;
  }

  public String name() {
    return name;
  }

  /** Module and name, for example {@code torch.optim.sgd.SGD}. */
  public String type() {
    return module + "." + name;
  }

  public Made made() {
    return made;
  }

  public List<Object> arguments() {
    return arguments;
  }

  /** What it holds as a list. */
  public List<Object> items() {
    return items;
  }

  /** What it holds as a dict. */
  public Map<Object, Object> entries() {
    return entries;
  }

  /** Its {@code __dict__} or whatever it was built with; null for none. */
  public Object state() {
    return state;
  }

  public void state(Object value) {
    state = value;
  }

  @Override
  public String toString() {
    return type();
  }
}
