package io.strikegrid.server.platform.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the server shows, with its key, as two PEM files have them now. One thread
 * reads the files again.
 */
public final class TlsFiles {

  /** Password of the key store in memory, which nothing else sees. */
  private static final String IN_MEMORY = "in-memory";

  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([\\sA-Za-z0-9+/=]+)-----END PRIVATE KEY-----");

  private final WatchedFile certificate;
  private final WatchedFile key;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();

  private TlsFiles(Path certificate, Path key) {
    this.certificate = new WatchedFile(certificate);
    this.key = new WatchedFile(key);
  }

  /**
   * Reads both files.
   *
   * @param certificate that of the server first, then those that lead to a known one
   * @param key of the first of them, PKCS #8 without a password
   * @throws IllegalArgumentException where they are not understood, or do not belong together
   * @throws IOException where they cannot be read
   */
  public static TlsFiles read(Path certificate, Path key) throws IOException {
    TlsFiles files = new TlsFiles(certificate, key);
    files.show(files.load());
    return files;
  }

  SslContextFactory.Server factory() {
    return factory;
  }

  /** Reads the files again where they changed; what is not understood changes nothing. */
  void refresh() {
    boolean isOther = certificate.hasChanged();
    boolean hasOtherKey = key.hasChanged();
    if (!isOther && !hasOtherKey) {
      return;
    }
    try {
      KeyStore store = load();
      factory.reload(same -> show(store));
      LOG.info("{} was read again", certificate.path());
    } catch (Exception e) { // Jetty's own may be any
      LOG.error(
          "{} or {} changed and is not taken; the certificate stays: {}",
          certificate.path(),
          key.path(),
          e.getMessage());
    }
  }

  private void show(KeyStore store) {
    factory.setKeyStore(store);
    factory.setKeyStorePassword(IN_MEMORY);
  }

  private KeyStore load() throws IOException {
    try {
      Certificate[] chain = chain();
      PrivateKey secret = key();
      checkPair(chain[0].getPublicKey(), secret);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", secret, IN_MEMORY.toCharArray(), chain);
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          certificate.path() + " and " + key.path() + " cannot be used: " + e.getMessage(), e);
    }
  }

  private Certificate[] chain() throws IOException {
    try {
      byte[] pem = Files.readAllBytes(certificate.path());
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new IllegalArgumentException(
            certificate.path() + " must have a certificate; has none");
      }
      return chain;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          certificate.path() + " must have certificates as PEM: " + e.getMessage(), e);
    }
  }

  private PrivateKey key() throws IOException, GeneralSecurityException {
    Matcher pem = KEY.matcher(Files.readString(key.path()));
    if (pem.find()) {
      PKCS8EncodedKeySpec encoded =
          new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
      for (String algorithm : ALGORITHMS) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
        } catch (InvalidKeySpecException e) {
          // perhaps another kind
        }
      }
    }
    throw new IllegalArgumentException(
        key.path()
            + " must have a private key as PEM, PKCS #8 without a password (BEGIN PRIVATE KEY);"
            + " openssl pkcs8 -topk8 -nocrypt makes one of others");
  }

  private void checkPair(PublicKey shown, PrivateKey secret) throws GeneralSecurityException {
    String algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> secret.getAlgorithm();
        };
    byte[] text = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(secret);
    signing.update(text);
    byte[] signed = signing.sign();
    Signature checking = Signature.getInstance(algorithm);
    checking.initVerify(shown);
    checking.update(text);
    if (!checking.verify(signed)) {
      throw new IllegalArgumentException(
          key.path() + " must be the key of the first certificate of " + certificate.path());
    }
  }
}
