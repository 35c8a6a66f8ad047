package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every tensor of a tree its place: the weights in one file, under the names a model knows
 * them by, the rest in another. Tensors that are one stay one; different views of one memory become
 * that memory and what each sees of it.
 */
final class Placement {
  static final String MODEL = "model";
  static final String STATE = "state";
  private static final String WEIGHTS = "state_dict/";

  private final Map<String, List<Stored>> files = new LinkedHashMap<>();
  private final Map<String, Set<String>> names = new LinkedHashMap<>();
  private final boolean hasWeights;

  private Placement(List<TreeEncoder.Placed> tensors) {
    hasWeights = tensors.stream().anyMatch(tensor -> tensor.path().startsWith(WEIGHTS));
  }

  /**
   * Fills in the nodes of the tensors.
   *
   * @return what belongs into each file, in the order in which it is written
   */
  static Map<String, List<Stored>> of(List<TreeEncoder.Placed> tensors) {
    Placement placement = new Placement(tensors);
    Map<Bytes, List<TreeEncoder.Placed>> byMemory = new IdentityHashMap<>();
    List<List<TreeEncoder.Placed>> groups = new ArrayList<>();
    for (TreeEncoder.Placed tensor : tensors) {
      List<TreeEncoder.Placed> group =
          byMemory.computeIfAbsent(
              tensor.tensor().storage(),
              memory -> {
                groups.add(new ArrayList<>());
                return groups.get(groups.size() - 1);
              });
      group.add(tensor);
    }
    groups.forEach(placement::place);
    placement.files.values().forEach(stored -> stored.sort(HeaderWriter.ORDER));
    return placement.files;
  }

  private void place(List<TreeEncoder.Placed> group) {
    TreeEncoder.Placed first = group.get(0);
    boolean one = group.stream().allMatch(other -> sameView(first.tensor(), other.tensor()));
    Stored stored = one ? alone(first) : memory(first, group);
    String file = file(first.path());
    files.computeIfAbsent(file, name -> new ArrayList<>()).add(stored);
    for (TreeEncoder.Placed tensor : group) {
      describe(tensor, file, stored, one);
    }
  }

  private static boolean sameView(Tensor one, Tensor other) {
    return one.dtype() == other.dtype()
        && one.offset() == other.offset()
        && Arrays.equals(one.shape(), other.shape())
        && Arrays.equals(one.stride(), other.stride());
  }

  private Stored alone(TreeEncoder.Placed placed) {
    Tensor tensor = placed.tensor();
    String name = name(placed.path());
    return Element.of(tensor.dtype())
        .map(element -> new Stored(name, element, tensor.shape(), tensor))
        .orElseGet(() -> pairs(name, tensor));
  }

  /** Complex numbers are pairs. */
  private static Stored pairs(String name, Tensor tensor) {
    long[] shape = Arrays.copyOf(tensor.shape(), tensor.shape().length + 1);
    shape[shape.length - 1] = 2;
    Element part = tensor.dtype() == DType.COMPLEX64 ? Element.F32 : Element.F64;
    return new Stored(name, part, shape, tensor);
  }

  private Stored memory(TreeEncoder.Placed first, List<TreeEncoder.Placed> group) {
    Bytes storage = first.tensor().storage();
    DType dtype = first.tensor().dtype();
    boolean alike =
        Element.of(dtype).isPresent()
            && storage.size() % dtype.bytes() == 0
            && group.stream().allMatch(other -> other.tensor().dtype() == dtype);
    DType kept = alike ? dtype : DType.UINT8;
    long[] shape = {storage.size() / kept.bytes()};
    Tensor all = Tensor.of(kept, shape, storage);
    return new Stored(name(first.path()), Element.of(kept).orElseThrow(), shape, all);
  }

  private static void describe(
      TreeEncoder.Placed placed, String file, Stored stored, boolean alone) {
    Tensor tensor = placed.tensor();
    ObjectNode node = placed.node();
    node.put("file", file).put("name", stored.name());
    if (tensor.dtype() != stored.element().dtype()) {
      node.put("dtype", tensor.dtype().label());
    }
    if (!Arrays.equals(tensor.shape(), stored.shape())) {
      numbers(node, "shape", tensor.shape());
    }
    if (!alone) {
      numbers(node, "stride", tensor.stride());
      node.put("offset", tensor.offset());
    }
    if (tensor.parameter()) {
      node.put("parameter", true);
    }
  }

  private static void numbers(ObjectNode node, String field, long[] numbers) {
    var array = node.putArray(field);
    Arrays.stream(numbers).forEach(array::add);
  }

  private String file(String path) {
    return !hasWeights || path.startsWith(WEIGHTS) ? MODEL : STATE;
  }

  /** The path, made different from all others of the file. */
  private String name(String path) {
    String wanted =
        hasWeights && path.startsWith(WEIGHTS) ? path.substring(WEIGHTS.length()) : path;
    wanted = HeaderEntry.encodable(wanted);
    Set<String> taken =
        names.computeIfAbsent(file(path), f -> new HashSet<>(Set.of(Header.METADATA)));
    String name = wanted;
    for (int again = 2; !taken.add(name); again++) {
      name = "%s~%d".formatted(wanted, again);
    }
    return name;
  }
}
