// A C door to the lazy tensors inside DJL's libtorch. No exception leaves it: a function that fails gives a
// negative number, and its reason as text in the caller's buffer.
//
// Arrays of the device "lazy" need no door: they record what is done to them. It is here to run what was recorded.

#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

// What is used of libtorch 2.7.1, as it lays it out; its own headers are not needed.
namespace c10 {
template <class T>
struct ArrayRef {
  const T* data;
  std::size_t length;
};
}  // namespace c10

namespace torch {
namespace lazy {

struct BackendDeviceType;

class BackendDevice {
 public:
  BackendDevice();
  std::string toString() const;

  std::shared_ptr<BackendDeviceType> type;
  int64_t ordinal;
};

class LazyGraphExecutor {
 public:
  static LazyGraphExecutor* Get();
  void MarkStep(const BackendDevice& device);
  void WaitDeviceOps(c10::ArrayRef<BackendDevice> devices);
  void SyncLiveTensorsGraph(const BackendDevice* device, c10::ArrayRef<std::string> devices, bool wait);
};

struct CounterData {
  int64_t value;
};

void InitTorchScriptBackend();
CounterData* GetCounter(const std::string& name);
std::vector<std::string> GetCounterNames();

}  // namespace lazy
}  // namespace torch

namespace {

using torch::lazy::BackendDevice;
using torch::lazy::LazyGraphExecutor;

int failed(char* error, int room, const char* reason) {
  if (error != nullptr && room > 0) {
    std::strncpy(error, reason, static_cast<std::size_t>(room) - 1);
    error[room - 1] = 0;
  }
  return -1;
}

template <class F>
int guarded(char* error, int room, F work) {
  try {
    work();
    return 0;
  } catch (const std::exception& e) {
    return failed(error, room, e.what());
  } catch (...) {
    return failed(error, room, "unknown failure");
  }
}

BackendDevice device(int ordinal) {
  BackendDevice device;
  device.ordinal = ordinal;
  return device;
}

// The device's own name must end with the number that was written where the ordinal is taken to be.
void check_layout() {
  std::string name = device(4711).toString();
  if (name.size() < 4 || name.compare(name.size() - 4, 4, "4711") != 0) {
    throw std::runtime_error("this libtorch does not lay out its lazy devices as 2.7.1 does");
  }
}

// A step that failed leaves its error for whoever uses the device next, who has nothing to do with it.
void forget_failure() {
  try {
    LazyGraphExecutor::Get()->WaitDeviceOps({nullptr, 0});
  } catch (...) {
  }
}

}  // namespace

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT int levin_door_version() { return 1; }

// Registers the backend that runs recorded graphs with TorchScript. Once per process: libtorch takes no second one.
EXPORT int levin_lazy_start(char* error, int room) {
  return guarded(error, room, [] {
    torch::lazy::InitTorchScriptBackend();
    check_layout();
  });
}

// Runs what was recorded on one device, and waits for it. Errors of the recorded operations come here.
EXPORT int levin_lazy_mark_step(int ordinal, char* error, int room) {
  int result = guarded(error, room, [ordinal] {
    BackendDevice here = device(ordinal);
    LazyGraphExecutor* executor = LazyGraphExecutor::Get();
    executor->SyncLiveTensorsGraph(&here, {nullptr, 0}, true);
    executor->MarkStep(here);
  });
  if (result != 0) {
    forget_failure();
  }
  return result;
}

// A counter of the whole process; 0 where nothing was counted yet.
EXPORT int64_t levin_lazy_counter(const char* name) {
  try {
    torch::lazy::CounterData* counter = torch::lazy::GetCounter(name);
    return counter == nullptr ? 0 : counter->value;
  } catch (...) {
    return 0;
  }
}

// The names of all counters, one a line, as far as there is room.
EXPORT int levin_lazy_counters(char* names, int length, char* error, int room) {
  return guarded(error, room, [names, length] {
    std::string all;
    for (const std::string& name : torch::lazy::GetCounterNames()) {
      if (all.size() + name.size() + 2 > static_cast<std::size_t>(length)) {
        break;
      }
      all += name + "\n";
    }
    failed(names, length, all.c_str());
  });
}
