package io.levin.core;

import io.levin.checkpoint.Storage;
import io.levin.checkpoint.Storages;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Lets texts such as {@code s3://bucket/prefix} mean the storages that bundles register. */
@Component(
    service = {},
    immediate = true)
public final class StoragesComponent {
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addStorage(Storage storage) {
    Storages.add(storage);
  }

  void removeStorage(Storage storage) {
    Storages.remove(storage);
  }
}
