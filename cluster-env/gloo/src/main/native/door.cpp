// A C door to the process groups inside DJL's libtorch. No exception leaves it: a function that fails gives a
// negative number or null, and its reason as text in the caller's buffer.
//
// The collectives themselves are operations of libtorch that take a group by its name; they need no door.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <mutex>
#include <stdexcept>

#include "c10d.h"

// What libtorch writes to the error stream, from 0 (everything) to 3 (what ends the process).
extern int FLAGS_caffe2_log_level;

namespace {

using Milliseconds = std::chrono::milliseconds;

struct StoreDoor {
  c10::intrusive_ptr<c10d::TCPStore> store;
};

struct GroupDoor {
  std::string name;
  c10::intrusive_ptr<c10d::Store> store;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;
  c10::intrusive_ptr<c10d::ProcessGroup> group;
  bool registered = false;
};

// Where libtorch 2.7.1 keeps the backends of a group, and the number of a backend's next collective.
constexpr std::size_t kBackends = 0xc0;
constexpr std::size_t kNextTag = 0xcc;
using Backends = std::unordered_map<c10::DeviceType, c10::intrusive_ptr<c10d::Backend>>;
static_assert(sizeof(Backends) == 56, "layout of unordered_map");

Backends& backends(const c10::intrusive_ptr<c10d::ProcessGroup>& group) {
  return *reinterpret_cast<Backends*>(static_cast<char*>(group.address()) + kBackends);
}

uint32_t& next_tag(const c10::intrusive_ptr<c10d::ProcessGroupGloo>& gloo) {
  return *reinterpret_cast<uint32_t*>(static_cast<char*>(gloo.address()) + kNextTag);
}

void check_layout(const GroupDoor& door) {
  uint32_t before = next_tag(door.gloo);
  uint32_t given = door.gloo->nextTag();
  const Backends& map = backends(door.group);
  if (given != before || next_tag(door.gloo) != before + 1 || !map.empty() || map.bucket_count() != 1) {
    throw std::runtime_error("this libtorch does not lay out its process groups as 2.7.1 does");
  }
}

void tell(const char* reason, char* error, int room) {
  if (error != nullptr && room > 0) {
    std::strncpy(error, reason, room - 1);
    error[room - 1] = 0;
  }
}

// While the door is open, failures are told to the caller and not written anywhere.
// Several threads may be inside: the first in and the last out set the level, which is the process's.
class Quiet {
 public:
  Quiet() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (inside_++ == 0) {
      before_ = FLAGS_caffe2_log_level;
      FLAGS_caffe2_log_level = 3;
    }
  }
  ~Quiet() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (--inside_ == 0) {
      FLAGS_caffe2_log_level = before_;
    }
  }

 private:
  static inline std::mutex mutex_;
  static inline int inside_ = 0;
  static inline int before_ = 0;
};

template <class Result, class Body>
Result guarded(Result failed, char* error, int room, Body body) noexcept {
  try {
    Quiet quiet;
    return body();
  } catch (const std::exception& e) {
    tell(e.what(), error, room);
  } catch (...) {
    tell("a native exception of unknown type", error, room);
  }
  return failed;
}

// A socket that listens on one address, or on all where the address is empty.
int listening(const char* address, int port) {
  bool v4 = std::strchr(address, '.') != nullptr;
  int fd = ::socket(v4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 && *address == 0) {
    v4 = true;  // a machine without IPv6
    fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  }
  int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  int result = -1;
  if (v4) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_ANY);
    if (*address != 0) {
      ::inet_pton(AF_INET, address, &to.sin_addr);
    }
    result = ::bind(fd, reinterpret_cast<sockaddr*>(&to), sizeof(to));
  } else {
    int off = 0;
    ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    to.sin6_port = htons(static_cast<uint16_t>(port));
    to.sin6_addr = in6addr_any;
    if (*address != 0) {
      ::inet_pton(AF_INET6, address, &to.sin6_addr);
    }
    result = ::bind(fd, reinterpret_cast<sockaddr*>(&to), sizeof(to));
  }
  if (result != 0 || ::listen(fd, 1024) != 0) {
    std::string reason = std::strerror(errno);
    ::close(fd);
    throw std::runtime_error(reason);
  }
  return fd;
}

}  // namespace

#pragma GCC visibility push(default)
extern "C" {

// The shape of this interface; the Java side refuses any other.
int levin_door_version() { return 1; }

// Opens the store of a job. The server listens on `bind`; everybody connects to `host`.
void* levin_store_open(
    const char* host, const char* bind, int port, int server, int64_t timeout_ms, char* error, int room) {
  return guarded<void*>(nullptr, error, room, [&]() -> void* {
    auto door = std::make_unique<StoreDoor>();
    c10d::TCPStoreOptions options;
    options.port = static_cast<uint16_t>(port);
    options.isServer = server != 0;
    options.useLibUV = false;  // the server on libuv takes no socket of ours
    options.timeout = Milliseconds(timeout_ms);
    if (options.isServer) {
      options.masterListenFd = listening(bind, port);
    }
    door->store = c10::intrusive_ptr<c10d::TCPStore>::own(new c10d::TCPStore(host, options));
    return door.release();
  });
}

int levin_store_set(void* store, const char* key, const char* value, char* error, int room) {
  return guarded(-1, error, room, [&] {
    std::vector<uint8_t> bytes(value, value + std::strlen(value));
    static_cast<StoreDoor*>(store)->store->set(key, bytes);
    return 0;
  });
}

int64_t levin_store_add(void* store, const char* key, int64_t amount, char* error, int room) {
  return guarded<int64_t>(
      -1, error, room, [&] { return static_cast<StoreDoor*>(store)->store->add(key, amount); });
}

// Waits until there is such a key, and gives its value as text.
int levin_store_get(
    void* store, const char* key, int64_t timeout_ms, char* value, int length, char* error, int room) {
  return guarded(-1, error, room, [&] {
    auto& tcp = static_cast<StoreDoor*>(store)->store;
    tcp->wait({key}, Milliseconds(timeout_ms));
    std::vector<uint8_t> bytes = tcp->get(key);
    bytes.push_back(0);
    tell(reinterpret_cast<const char*>(bytes.data()), value, length);
    return 0;
  });
}

int levin_store_close(void* store, char* error, int room) {
  return guarded(-1, error, room, [&] {
    delete static_cast<StoreDoor*>(store);
    return 0;
  });
}

// Connects the ranks of a group, which meet under `prefix` in the store, and registers it in this process as `name`.
void* levin_group_open(
    void* store, const char* prefix, const char* name, const char* bind, int rank, int size, int64_t timeout_ms,
    int threads, char* error, int room) {
  return guarded<void*>(nullptr, error, room, [&]() -> void* {
    auto door = std::make_unique<GroupDoor>();
    door->name = name;
    auto base = c10::intrusive_ptr<c10d::Store>::of(static_cast<StoreDoor*>(store)->store);
    door->store = c10::intrusive_ptr<c10d::Store>::own(new c10d::PrefixStore(prefix, base));
    using Options = c10d::ProcessGroupGloo::Options;
    auto options = c10::intrusive_ptr<Options>::own(new Options(Milliseconds(timeout_ms)));
    options->threads = threads;
    options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(bind));
    door->gloo = c10::intrusive_ptr<c10d::ProcessGroupGloo>::own(
        new c10d::ProcessGroupGloo(door->store, rank, size, options));
    door->group = c10::intrusive_ptr<c10d::ProcessGroup>::own(new c10d::ProcessGroup(rank, size));
    check_layout(*door);
    backends(door->group)[c10::DeviceType::CPU] = c10::intrusive_ptr<c10d::Backend>::of(door->gloo);
    c10d::register_process_group(door->name, door->group);
    door->registered = true;
    return door.release();
  });
}

// The number that the next collective of this group goes by: messages of different numbers never meet.
void levin_group_tag(void* group, uint32_t tag) { next_tag(static_cast<GroupDoor*>(group)->gloo) = tag; }

// Closes the connections: what is under way fails here, and at all peers.
int levin_group_abort(void* group, char* error, int room) {
  return guarded(-1, error, room, [&] {
    static_cast<GroupDoor*>(group)->gloo->getContext(0)->closeConnections();
    return 0;
  });
}

int levin_group_close(void* group, char* error, int room) {
  return guarded(-1, error, room, [&] {
    std::unique_ptr<GroupDoor> door(static_cast<GroupDoor*>(group));
    if (door->registered) {
      c10d::unregister_process_group(door->name);
      backends(door->group).clear();
    }
    return 0;
  });
}

}  // extern "C"
