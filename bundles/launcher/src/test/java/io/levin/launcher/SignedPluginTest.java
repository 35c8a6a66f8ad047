package io.levin.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars signed by means of the JDK, against what the operator allows. */
class SignedPluginTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path keys;
  @TempDir Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    pair("ca", "CN=Example CA", "-ext", "bc:c");
    pair("mine", "CN=Mine, O=Example");
    keytool("-certreq", "-alias", "mine", "-file", "request");
    keytool("-gencert", "-alias", "ca", "-infile", "request", "-outfile", "certificate");
    keytool("-importcert", "-noprompt", "-alias", "mine", "-file", "certificate");
    pair("fake", "CN=Mine, O=Example");
    pair("old", "CN=Old", "-startdate", "-20d", "-validity", "10");
  }

  private static void pair(String alias, String name, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-alias", alias));
    words.addAll(List.of("-dname", name));
    words.addAll(List.of(more));
    keytool(words.toArray(String[]::new));
  }

  private static void keytool(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    command.add("-J-XX:TieredStopAtLevel=1");
    command.addAll(List.of(words));
    command.addAll(List.of("-keystore", "keys.p12", "-storepass", "changeit"));
    Process process =
        new ProcessBuilder(command).directory(keys.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static KeyStore.PrivateKeyEntry key(String alias) throws Exception {
    KeyStore store = KeyStore.getInstance(keys.resolve("keys.p12").toFile(), PASSWORD);
    return (KeyStore.PrivateKeyEntry)
        store.getEntry(alias, new KeyStore.PasswordProtection(PASSWORD));
  }

  /** As keytool prints it. */
  private static String fingerprint(String alias) throws Exception {
    byte[] sum =
        MessageDigest.getInstance("SHA-256").digest(key(alias).getCertificate().getEncoded());
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(sum);
  }

  private Path jar(String signer) throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.example.mine");
    Path jar = folder.resolve("mine.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String name : List.of("a.txt", "b.txt")) {
        out.putNextEntry(new JarEntry(name));
        out.write(name.getBytes(UTF_8));
      }
    }
    if (signer == null) {
      return jar;
    }
    Path signed = folder.resolve("signed.jar");
    try (ZipFile from = new ZipFile(jar.toFile());
        OutputStream to = Files.newOutputStream(signed)) {
      new JarSigner.Builder(key(signer)).build().sign(from, to); // what jarsigner is made of
    }
    return signed;
  }

  private Optional<String> objection(Path jar, String... allowed) throws IOException {
    Path list = folder.resolve("plugins.allow");
    if (allowed.length > 0) {
      Files.write(list, List.of(allowed));
    }
    return new PluginGuard(Set.of("io.levin.core"), list)
        .objection(new PluginCopies(folder.resolve("copies")).of(jar));
  }

  @Test
  void aSignerIsAllowedByTheFingerprintOfTheCertificate() throws Exception {
    String rule = "signer " + fingerprint("mine") + "  # as keytool prints it";
    assertThat(objection(jar("mine"), rule)).isEmpty();
    assertThat(objection(jar("fake"), rule))
        .get()
        .asString()
        .startsWith("plugins.allow does not allow it, signed by CN=Mine, O=Example (signer ")
        .contains("To allow it, add the line ");
    assertThat(objection(jar(null), rule))
        .get()
        .asString()
        .startsWith("plugins.allow does not allow it. To allow it, add the line ");
  }

  @Test
  void aNameIsWorthWhatItsAuthorityIs() throws Exception {
    String rule = "signer CN=Mine, O=Example issued-by " + fingerprint("ca");
    assertThat(objection(jar("mine"), rule)).isEmpty();
    assertThat(objection(jar("fake"), rule)).isPresent();
    assertThat(objection(jar("mine"), "signer CN=Mine, O=Example"))
        .get()
        .asString()
        .contains("line 1 names no certificate: anybody can sign as 'CN=Mine, O=Example'");
    assertThat(objection(jar("ca"), "signer CN=Other issued-by " + fingerprint("ca"))).isPresent();
  }

  @Test
  void whatWasChangedAddedOrTakenAwayIsRefused() throws Exception {
    String rule = "signer " + fingerprint("mine");
    assertThat(objection(rewritten(jar("mine"), "a.txt", "changed", null), rule))
        .get()
        .asString()
        .startsWith("it was changed after it was signed");
    assertThat(objection(rewritten(jar("mine"), "", "", "c.txt"), rule))
        .get()
        .asString()
        .contains("plugins.allow does not allow it: its entry 'c.txt' is not signed");
    assertThat(objection(rewritten(jar("mine"), "a.txt", null, null), rule))
        .get()
        .asString()
        .contains("its entry 'a.txt', which was signed, is missing");
  }

  @Test
  void aChangedJarIsRefusedThoughEverythingIsAllowed() throws Exception {
    assertThat(objection(jar("mine"))).isEmpty();
    assertThat(objection(rewritten(jar("mine"), "a.txt", "changed", null)))
        .get()
        .asString()
        .startsWith("it was changed after it was signed");
  }

  @Test
  void anExpiredCertificateIsRefusedButTheJarItselfMayBeAllowed() throws Exception {
    String rule = "signer " + fingerprint("old");
    Path jar = jar("old");
    assertThat(objection(jar, rule))
        .get()
        .asString()
        .contains("the certificate of its signer, CN=Old, expired on ");
    String sum = PluginCopies.sha256(Files.readAllBytes(jar));
    assertThat(objection(jar, rule, sum + "  mine.jar")).isEmpty();
  }

  @Test
  void aLinkThatTakesTheJarsPlaceIsNotFollowed() throws Exception {
    Path jar = jar(null);
    Path link = Files.createSymbolicLink(folder.resolve("link.jar"), jar);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> new PluginCopies(folder.resolve("copies")).of(link)))
        .isInstanceOf(IOException.class);
  }

  /**
   * The same jar, but for one entry.
   *
   * @param content of the entry; null takes it away
   * @param added another entry, or null
   */
  private Path rewritten(Path jar, String name, String content, String added) throws IOException {
    Path target = folder.resolve("rewritten.jar");
    try (ZipFile from = new ZipFile(jar.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(target))) {
      for (ZipEntry entry : from.stream().toList()) {
        boolean isIt = entry.getName().equals(name);
        if (!isIt || content != null) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          if (isIt) {
            to.write(content.getBytes(UTF_8));
          } else {
            copy(from, entry, to);
          }
        }
      }
      if (added != null) {
        to.putNextEntry(new ZipEntry(added));
      }
    }
    return target;
  }

  private static void copy(ZipFile from, ZipEntry entry, OutputStream to) throws IOException {
    try (InputStream in = from.getInputStream(entry)) {
      in.transferTo(to);
    }
  }
}
