package io.levin.core;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.levin.data.Loader;
import io.levin.data.loading.BatchReader;
import io.levin.data.loading.Sampler;
import io.levin.torch.Transfer;

/** Batches that are made in the host's memory and moved to a device by the thread that trains. */
final class TransferredBatches implements BatchStream {
  private final NDManager host = NDManager.newBaseManager(Device.cpu());
  private final NDManager device;
  private final BatchReader reader;

  TransferredBatches(
      Loader loader, Sampler sampler, long position, boolean repeats, NDManager device) {
    this.device = device;
    reader = new BatchReader(loader, sampler, position, repeats, host);
  }

  @Override
  public Batch next() {
    BatchReader.Made made = reader.next();
    try (NDManager source = made.manager()) {
      NDManager step = device.newSubManager();
      NDList moved = new NDList(made.data().size());
      for (NDArray array : made.data()) {
        moved.add(Transfer.to(step, array));
      }
      return new Batch(step, moved, made.isExtra());
    }
  }

  @Override
  public void close() {
    reader.close();
    host.close();
  }
}
