package io.levin.checkpoint.torch;

import java.util.Set;

/**
 * Names that have no business in a checkpoint: Python would run something when it reads them. They
 * would not run here, but a file with one was made to harm, and is refused as a whole.
 *
 * <p>Of Python's own library everything is forbidden but plain data; of others, what runs or loads
 * code.
 */
final class Forbidden {
  private static final Set<String> LIBRARY =
      Set.of(
          ("__main__ _io _pickle _posixsubprocess _thread abc asyncio atexit bdb builtins cProfile"
                  + " cgi cmd code codecs codeop commands compileall concurrent configparser"
                  + " contextlib copy copy_reg copyreg cPickle ctypes dill cloudpickle joblib"
                  + " distutils doctest encodings ensurepip exceptions fileinput ftplib gc getpass"
                  + " glob http imaplib imp importlib inspect io ipaddress itertools json keyword"
                  + " lib2to3 linecache logging mailbox marshal mmap modulefinder multiprocessing"
                  + " nt ntpath operator os pdb pickle pickletools pip pipes pkg_resources pkgutil"
                  + " platform poplib popen2 posix posixpath profile pstats pty py_compile pyclbr"
                  + " pydoc resource rlcompleter runpy sched select selectors setuptools shelve"
                  + " shlex shutil signal site smtplib socket socketserver sqlite3 ssl string"
                  + " stringprep struct subprocess symtable sys sysconfig tarfile telnetlib tempfile"
                  + " test textwrap threading timeit tkinter token tokenize trace traceback"
                  + " tracemalloc turtle types typing unittest urllib urllib2 venv warnings"
                  + " webbrowser wsgiref xml xmlrpc zipapp zipfile zipimport __builtin__ _codecs"
                  + " functools")
              .split(" "));

  private static final Set<String> DATA =
      Set.of(
          ("builtins.bool builtins.bytearray builtins.bytes builtins.complex builtins.dict"
                  + " builtins.float builtins.frozenset builtins.getattr builtins.int"
                  + " builtins.list builtins.object builtins.range builtins.set builtins.slice"
                  + " builtins.str builtins.tuple builtins.type builtins.NotImplemented"
                  + " builtins.Ellipsis builtins.long builtins.unicode builtins.xrange"
                  + " builtins.abs builtins.len builtins.max builtins.min builtins.print"
                  + " builtins.sum builtins.ValueError builtins.RuntimeError builtins.KeyError"
                  + " codecs.encode copyreg._reconstructor functools.partial io.BytesIO io.StringIO"
                  + " ipaddress.IPv4Address ipaddress.IPv6Address types.SimpleNamespace"
                  + " operator.itemgetter operator.attrgetter logging.Logger logging.getLogger")
              .split(" "));

  private static final Set<String> ELSEWHERE =
      Set.of(
          ("torch.hub torch.load torch.save torch.serialization.load torch.jit"
                  + " torch.utils.cpp_extension torch.utils.model_zoo torch.classes.load_library"
                  + " torch.ops.load_library torch.package torch._C torch._dynamo torch._inductor"
                  + " torch.multiprocessing torch.distributed.rpc torch.fx torch.onnx"
                  + " numpy.testing numpy.load numpy.f2py numpy.distutils numpy.ctypeslib"
                  + " numpy.memmap numpy.fromfile numpy.loadtxt pandas.read_pickle pandas.eval")
              .split(" "));

  private Forbidden() {}

  /** Whether a name may not stand in a checkpoint. */
  static boolean names(String module, String name) {
    String full = modern(module) + "." + name;
    String root = full.substring(0, full.indexOf('.'));
    if (LIBRARY.contains(root)) {
      // A class of the user's own script is data like any other.
      return !DATA.contains(full) && !module.equals("__main__");
    }
    return ELSEWHERE.stream().anyMatch(bad -> full.equals(bad) || full.startsWith(bad + "."));
  }

  /** Protocol 2 writes the names that modules had in Python 2. */
  static String modern(String module) {
    return switch (module) {
      case "__builtin__" -> "builtins";
      case "copy_reg" -> "copyreg";
      case "_codecs" -> "codecs";
      case "_io" -> "io";
      default -> module;
    };
  }
}
