package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv1dTranspose;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv2dTranspose;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.Multiplication;
import ai.djl.nn.core.Prelu;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.TabNetClassificationLoss;
import ai.djl.training.loss.TabNetRegressionLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One line of the table of precisions: a network with the block, or before the loss, that the line
 * is about.
 *
 * @param input shape of a batch
 * @param loss of (labels, outputs)
 * @param labels what they are, by the outputs they are for
 */
record TableRow(
    String kind,
    String name,
    Supplier<Block> network,
    Shape input,
    Supplier<Loss> loss,
    Labels labels) {

  /** Labels for outputs. */
  enum Labels {
    NUMBERS {
      @Override
      NDArray of(NDArray output) {
        return output.zerosLike().add(0.5f);
      }
    },
    SIGNS {
      @Override
      NDArray of(NDArray output) {
        return output.gt(0).toType(output.getDataType(), false).mul(2).sub(1);
      }
    },
    CLASSES {
      @Override
      NDArray of(NDArray output) {
        return output.argMax(-1).toType(DataType.FLOAT32, false);
      }
    },
    TABNET_CLASSES {
      @Override
      NDArray of(NDArray output) {
        return output.getManager().zeros(new Shape(output.getShape().get(0)), DataType.INT64);
      }
    };

    abstract NDArray of(NDArray output);
  }

  private static final Shape FEATURES = new Shape(8, 6);
  private static final Shape LINE = new Shape(4, 3, 12);
  private static final Shape IMAGE = new Shape(4, 3, 8, 8);
  private static final Shape VOLUME = new Shape(2, 2, 4, 4, 4);
  private static final Shape SEQUENCE = new Shape(4, 5, 8);

  static List<TableRow> all() {
    List<TableRow> rows = new ArrayList<>();
    blocks(rows);
    activations(rows);
    losses(rows);
    return rows;
  }

  private static void blocks(List<TableRow> rows) {
    block(rows, "Linear", FEATURES, () -> linear(4));
    block(rows, "Multiplication", FEATURES, () -> Multiplication.builder().setUnits(4).build());
    block(
        rows,
        "Conv1d",
        LINE,
        () -> Conv1d.builder().setKernelShape(new Shape(3)).setFilters(4).build());
    block(rows, "Conv2d", IMAGE, TableRow::conv2d);
    block(
        rows,
        "Conv3d",
        VOLUME,
        () -> Conv3d.builder().setKernelShape(new Shape(2, 2, 2)).setFilters(3).build());
    block(
        rows,
        "Conv1dTranspose",
        LINE,
        () -> Conv1dTranspose.builder().setKernelShape(new Shape(3)).setFilters(4).build());
    block(
        rows,
        "Conv2dTranspose",
        IMAGE,
        () -> Conv2dTranspose.builder().setKernelShape(new Shape(3, 3)).setFilters(4).build());
    block(rows, "BatchNorm", FEATURES, () -> between(BatchNorm.builder().build()));
    block(
        rows, "BatchNorm of images", IMAGE, () -> sequence(conv2d(), BatchNorm.builder().build()));
    block(
        rows,
        "GhostBatchNorm",
        FEATURES,
        () -> between(GhostBatchNorm.builder().optVirtualBatchSize(4).build()));
    block(rows, "LayerNorm", FEATURES, () -> between(LayerNorm.builder().build()));
    block(
        rows, "LayerNorm first", FEATURES, () -> sequence(LayerNorm.builder().build(), linear(4)));
    block(rows, "Dropout", FEATURES, () -> between(Dropout.builder().optRate(0.2f).build()));
    rows.add(
        new TableRow(
            "Block",
            "IdEmbedding",
            () ->
                sequence(
                    new LambdaBlock(
                        ids -> new NDList(ids.head().abs().mul(2).toType(DataType.INT64, false))),
                    new IdEmbedding.Builder().setDictionarySize(32).setEmbeddingSize(6).build(),
                    linear(4)),
            new Shape(4, 5),
            Loss::l2Loss,
            Labels.NUMBERS));
    block(
        rows,
        "ScaledDotProductAttentionBlock",
        SEQUENCE,
        () ->
            ScaledDotProductAttentionBlock.builder()
                .setEmbeddingSize(8)
                .setHeadCount(2)
                .optAttentionProbsDropoutProb(0.1f)
                .build());
    block(
        rows,
        "TransformerEncoderBlock",
        SEQUENCE,
        () -> new TransformerEncoderBlock(8, 2, 16, 0.1f, Activation::gelu));
    block(
        rows,
        "RNN",
        SEQUENCE,
        () ->
            new RNN.Builder()
                .setActivation(RNN.Activation.TANH)
                .setStateSize(6)
                .setNumLayers(1)
                .build());
    block(rows, "LSTM", SEQUENCE, () -> LSTM.builder().setStateSize(6).setNumLayers(2).build());
    block(
        rows,
        "LSTM, both directions",
        SEQUENCE,
        () -> LSTM.builder().setStateSize(6).setNumLayers(1).optBidirectional(true).build());
    block(rows, "GRU", SEQUENCE, () -> GRU.builder().setStateSize(6).setNumLayers(2).build());
    Shape two = new Shape(2, 2);
    block(rows, "maxPool2d", IMAGE, () -> sequence(conv2d(), Pool.maxPool2dBlock(two, two)));
    block(rows, "avgPool2d", IMAGE, () -> sequence(conv2d(), Pool.avgPool2dBlock(two, two)));
    block(rows, "lpPool2d", IMAGE, () -> sequence(conv2d(), Pool.lpPool2dBlock(2, two, two)));
    block(rows, "globalAvgPool2d", IMAGE, () -> sequence(conv2d(), Pool.globalAvgPool2dBlock()));
    block(rows, "globalMaxPool2d", IMAGE, () -> sequence(conv2d(), Pool.globalMaxPool2dBlock()));
    block(rows, "globalLpPool2d", IMAGE, () -> sequence(conv2d(), Pool.globalLpPool2dBlock(2)));
    block(
        rows,
        "batchFlatten",
        IMAGE,
        () -> sequence(conv2d(), Blocks.batchFlattenBlock(), linear(4)));
  }

  private static void activations(List<TableRow> rows) {
    activation(rows, "relu", Activation::reluBlock);
    activation(rows, "relu6", Activation::relu6Block);
    activation(rows, "leakyRelu", () -> Activation.leakyReluBlock(0.1f));
    activation(rows, "sigmoid", Activation::sigmoidBlock);
    activation(rows, "tanh", Activation::tanhBlock);
    activation(rows, "softPlus", Activation::softPlusBlock);
    activation(rows, "softSign", Activation::softSignBlock);
    activation(rows, "elu", () -> Activation.eluBlock(1));
    activation(rows, "selu", Activation::seluBlock);
    activation(rows, "gelu", Activation::geluBlock);
    activation(rows, "swish", () -> Activation.swishBlock(1));
    activation(rows, "mish", Activation::mishBlock);
    activation(rows, "Prelu", TableRow::prelu);
    activation(rows, "softmax", () -> lambda(array -> array.softmax(-1)));
    activation(rows, "logSoftmax", () -> lambda(array -> array.logSoftmax(-1)));
  }

  private static void losses(List<TableRow> rows) {
    loss(rows, "L1Loss", Labels.NUMBERS, Loss::l1Loss);
    loss(rows, "L2Loss", Labels.NUMBERS, Loss::l2Loss);
    loss(rows, "QuantileL1Loss", Labels.NUMBERS, () -> Loss.quantileL1Loss(0.3f));
    loss(rows, "SoftmaxCrossEntropyLoss", Labels.CLASSES, Loss::softmaxCrossEntropyLoss);
    loss(
        rows, "SigmoidBinaryCrossEntropyLoss", Labels.NUMBERS, Loss::sigmoidBinaryCrossEntropyLoss);
    loss(rows, "HingeLoss", Labels.SIGNS, Loss::hingeLoss);
    loss(rows, "TabNetRegressionLoss", Labels.NUMBERS, TabNetRegressionLoss::new);
    loss(rows, "TabNetClassificationLoss", Labels.TABNET_CLASSES, TabNetClassificationLoss::new);
  }

  private static void block(List<TableRow> rows, String name, Shape input, Supplier<Block> block) {
    rows.add(new TableRow("Block", name, block, input, Loss::l2Loss, Labels.NUMBERS));
  }

  private static void activation(List<TableRow> rows, String name, Supplier<Block> block) {
    rows.add(
        new TableRow(
            "Activation",
            name,
            () -> between(block.get()),
            FEATURES,
            Loss::l2Loss,
            Labels.NUMBERS));
  }

  private static void loss(List<TableRow> rows, String name, Labels labels, Supplier<Loss> loss) {
    rows.add(
        new TableRow("Loss", name, () -> between(Activation.reluBlock()), FEATURES, loss, labels));
  }

  private static Block linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private static Block conv2d() {
    return Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(4).build();
  }

  private static Block prelu() {
    Prelu prelu = new Prelu();
    // DJL's usual initializer wants a matrix.
    prelu.setInitializer(new ConstantInitializer(0.25f), parameter -> true);
    return prelu;
  }

  private static Block lambda(Function<NDArray, NDArray> function) {
    return new LambdaBlock(list -> new NDList(function.apply(list.head())));
  }

  private static Block between(Block block) {
    return sequence(linear(8), block, linear(4));
  }

  private static Block sequence(Block... blocks) {
    SequentialBlock sequence = new SequentialBlock();
    for (Block block : blocks) {
      sequence.add(block);
    }
    return sequence;
  }
}
