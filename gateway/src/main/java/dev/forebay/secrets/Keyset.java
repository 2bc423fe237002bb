package dev.forebay.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/// The keys that seal: one of them, the primary, seals new secrets, all of them open old ones.
/// Immutable.
final class Keyset {

  /// What Tink puts before a ciphertext: a version byte, then the id of the key that sealed it.
  private static final byte VERSION = 1;

  private static final int PREFIX_LENGTH = 1 + Integer.BYTES;

  /// AEAD only; Tink's registry of everything is neither needed nor shared.
  private static final Configuration ALGORITHMS = AeadConfig2026.get();

  private final KeysetHandle handle;

  private final Aead aead;

  private Keyset(KeysetHandle handle) throws GeneralSecurityException {
    this.handle = handle;
    this.aead = handle.getPrimitive(ALGORITHMS, Aead.class);
  }

  /// A keyset with one new AES-256-GCM key.
  static Keyset generate() throws GeneralSecurityException {
    return new Keyset(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, ALGORITHMS));
  }

  /// Reads what [#toJson] wrote, or a keyset of AEAD keys made with Tink's own tools.
  static Keyset parse(String json) throws GeneralSecurityException {
    Keyset keyset =
        new Keyset(
            TinkJsonProtoKeysetFormat.parseKeyset(json, ALGORITHMS, InsecureSecretKeyAccess.get()));
    if (!keyset.sealedByPrimary(keyset.seal(new byte[0], new byte[0]))) {
      throw new GeneralSecurityException("its primary key has no TINK output prefix");
    }
    return keyset;
  }

  /// This keyset with a new primary key; the old keys still open what they sealed.
  Keyset rotated() throws GeneralSecurityException {
    return new Keyset(
        KeysetHandle.newBuilder(handle)
            .setConfiguration(ALGORITHMS)
            .addEntry(
                KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                    .withRandomId()
                    .makePrimary())
            .build());
  }

  /// The whole keyset, keys in clear.
  String toJson() throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeyset(
        handle, ALGORITHMS, InsecureSecretKeyAccess.get());
  }

  byte[] seal(byte[] secret, byte[] associated) throws GeneralSecurityException {
    return aead.encrypt(secret, associated);
  }

  byte[] open(byte[] sealed, byte[] associated) throws GeneralSecurityException {
    return aead.decrypt(sealed, associated);
  }

  boolean sealedByPrimary(byte[] sealed) {
    return wellFormed(sealed) && keyId(sealed) == handle.getPrimary().getId();
  }

  /// Whether this keyset holds the key that sealed these bytes.
  boolean holdsKeyOf(byte[] sealed) {
    for (int i = 0; i < handle.size(); i++) {
      if (handle.getAt(i).getId() == keyId(sealed)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the bytes can be something sealed at all.
  static boolean wellFormed(byte[] sealed) {
    return sealed.length > PREFIX_LENGTH && sealed[0] == VERSION;
  }

  /// The id of the key that sealed these well-formed bytes.
  static int keyId(byte[] sealed) {
    return ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt();
  }
}
