// What the door needs of libtorch 2.7.1: the signatures of functions that libtorch_cpu.so exports, so that
// the mangled names are the same, and the layouts of the few values that are handed over. Nothing else of
// these classes is known here; the door checks what it assumes wherever that can be checked.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace gloo {
class Context {
 public:
  void closeConnections();
};
namespace transport {
class Device;
}
}  // namespace gloo

namespace c10 {

// The head of every counted object: vtable, strong count, weak count.
struct intrusive_ptr_target {
  virtual ~intrusive_ptr_target() = default;
  virtual void release_resources() {}
  std::atomic<uint32_t> strong{0};
  std::atomic<uint32_t> weak{0};
};

namespace detail {
template <class T>
struct intrusive_target_default_null_type;
}

// One pointer wide, and counts as libtorch's own does.
template <class T, class Null = detail::intrusive_target_default_null_type<T>>
class intrusive_ptr {
 public:
  intrusive_ptr() = default;
  intrusive_ptr(const intrusive_ptr& other) { share(other.target_); }
  intrusive_ptr& operator=(const intrusive_ptr& other) {
    if (this != &other) {
      drop();
      share(other.target_);
    }
    return *this;
  }
  ~intrusive_ptr() { drop(); }

  // Takes an object that was just made with new.
  static intrusive_ptr own(void* fresh) {
    intrusive_ptr pointer;
    pointer.target_ = static_cast<intrusive_ptr_target*>(fresh);
    pointer.target_->strong.store(1);
    pointer.target_->weak.store(1);
    return pointer;
  }

  // The same object as a T; for classes whose first base is the counted head.
  template <class U>
  static intrusive_ptr of(const intrusive_ptr<U>& other) {
    intrusive_ptr pointer;
    pointer.share(static_cast<intrusive_ptr_target*>(other.address()));
    return pointer;
  }

  void* address() const { return target_; }
  T* operator->() const { return reinterpret_cast<T*>(target_); }

 private:
  void share(intrusive_ptr_target* target) {
    target_ = target;
    if (target_ != nullptr) {
      target_->strong.fetch_add(1, std::memory_order_relaxed);
    }
  }

  void drop() {
    intrusive_ptr_target* target = target_;
    target_ = nullptr;
    if (target == nullptr || target->strong.fetch_sub(1, std::memory_order_acq_rel) != 1) {
      return;
    }
    if (target->weak.load(std::memory_order_acquire) != 1) {
      target->release_resources();
      if (target->weak.fetch_sub(1, std::memory_order_acq_rel) != 1) {
        return;
      }
    }
    delete target;  // the destructor is virtual: libtorch's own runs
  }

  intrusive_ptr_target* target_ = nullptr;
};

enum class DeviceType : int8_t { CPU = 0 };
}  // namespace c10

template <>
struct std::hash<c10::DeviceType> {
  std::size_t operator()(c10::DeviceType type) const { return std::hash<int>()(static_cast<int>(type)); }
};

namespace c10d {

class Store;
class Backend;

struct TCPStoreOptions {
  uint16_t port = 0;
  bool isServer = false;
  std::optional<std::size_t> numWorkers;
  bool waitWorkers = false;
  std::chrono::milliseconds timeout{0};
  bool multiTenant = false;
  std::optional<int> masterListenFd;
  bool useLibUV = true;
};
static_assert(sizeof(TCPStoreOptions) == 56, "layout of TCPStoreOptions");

// Bodies are larger than the real ones: only their constructors write into them.
class TCPStore {
 public:
  TCPStore(std::string host, const TCPStoreOptions& options);
  void set(const std::string& key, const std::vector<uint8_t>& value);
  std::vector<uint8_t> get(const std::string& key);
  int64_t add(const std::string& key, int64_t amount);
  void wait(const std::vector<std::string>& keys, const std::chrono::milliseconds& timeout);

 private:
  char body_[0x400];
};

class PrefixStore {
 public:
  PrefixStore(std::string prefix, c10::intrusive_ptr<Store> store);

 private:
  char body_[0x200];
};

class ProcessGroupGloo {
 public:
  struct Options {
    explicit Options(std::chrono::milliseconds timeout);
    void* vtable;
    uint32_t strong;
    uint32_t weak;
    std::chrono::milliseconds timeout;
    std::string backend;
    std::vector<std::shared_ptr<::gloo::transport::Device>> devices;
    int threads;
    char rest_[0x80];
  };

  static std::shared_ptr<::gloo::transport::Device> createDeviceForHostname(const std::string& hostname);

  ProcessGroupGloo(
      const c10::intrusive_ptr<Store>& store, int rank, int size, c10::intrusive_ptr<Options> options);
  uint32_t nextTag();
  std::shared_ptr<::gloo::Context> getContext(uint32_t tag);

 private:
  char body_[0x800];
};

class ProcessGroup {
 public:
  ProcessGroup(int rank, int size);

 private:
  char body_[0x400];
};

void register_process_group(const std::string& name, const c10::intrusive_ptr<ProcessGroup>& group);
void unregister_process_group(const std::string& name);

}  // namespace c10d
