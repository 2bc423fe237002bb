package dev.forebay.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Seals secrets for the database and opens them again: AES-256-GCM through Tink, bound to the
/// workspace and the id of the row, so that a sealed secret moved to another row does not open.
/// Thread-safe.
///
/// The keyset is a file of mode 0600, made when the first secret is sealed, or a text from the
/// environment. It is loaded when first needed: an installation without stored secrets never pays
/// for it. After [#rotate] new secrets are sealed by the new primary key; [#stale] tells which old
/// ones to seal again. A file that another process rotated is read again when a secret needs it.
///
/// Whoever has the keyset and the database has the secrets: back them up apart.
public final class Sealer {

  private static final Logger log = LoggerFactory.getLogger(Sealer.class);

  private final String place;

  private final @Nullable Path file;

  private final Object loading = new Object();

  private volatile @Nullable Keyset keyset;

  private Sealer(String place, @Nullable Path file, @Nullable Keyset keyset) {
    this.place = place;
    this.file = file;
    this.keyset = keyset;
  }

  /// A sealer whose keyset is this file, which need not exist yet.
  public static Sealer inFile(Path file) {
    return new Sealer(file.toString(), file, null);
  }

  /// A sealer whose keyset is this text.
  ///
  /// @param place where the text comes from, for messages
  /// @throws KeysetException when it is no keyset
  public static Sealer ofText(String place, String json) {
    return new Sealer(place, null, parse(place, json));
  }

  /// Seals a secret for one row; makes the keyset file when there is none.
  ///
  /// @throws KeysetException when the keyset cannot be read or made
  public byte[] seal(Secret secret, String workspace, String id) {
    byte[] clear = secret.reveal(SecretAccess.granted()).getBytes(UTF_8);
    try {
      return loadedOrNew().seal(clear, associated(workspace, id));
    } catch (GeneralSecurityException e) {
      throw new KeysetException("keyset " + place + " cannot seal: " + e.getMessage(), e);
    }
  }

  /// Opens what [#seal] made for the same row.
  ///
  /// @throws KeysetException when the keyset is there but cannot be read
  public Opening open(byte[] sealed, String workspace, String id) {
    if (!Keyset.wellFormed(sealed)) {
      return new Opening.Refused("is damaged in the database; enter it again");
    }
    Keyset present = loaded();
    if (present == null) {
      return new Opening.Refused(
          "was sealed with a keyset that is missing; restore " + place + ", or enter it again");
    }
    if (!present.holdsKeyOf(sealed)) {
      present = reloaded(present);
    }
    if (!present.holdsKeyOf(sealed)) {
      return new Opening.Refused(
          "was sealed with the keyset key "
              + Integer.toUnsignedString(Keyset.keyId(sealed))
              + ", which "
              + place
              + " does not hold; restore the keyset of that time, or enter it again");
    }
    try {
      byte[] clear = present.open(sealed, associated(workspace, id));
      return new Opening.Opened(Secret.of(new String(clear, UTF_8)));
    } catch (GeneralSecurityException e) {
      return new Opening.Refused(
          "was altered in the database or copied from another row; enter it again");
    }
  }

  /// Whether an older key than the primary one sealed these bytes, so that they should be sealed
  /// again.
  public boolean stale(byte[] sealed) {
    Keyset present = keyset;
    return present != null && Keyset.wellFormed(sealed) && !present.sealedByPrimary(sealed);
  }

  /// Adds a primary key to the keyset file. Secrets sealed before still open.
  ///
  /// @throws KeysetException when the keyset is no file, or cannot be written
  public void rotate() {
    if (file == null) {
      throw new KeysetException(
          "keyset " + place + " is not a file; put a rotated keyset there and start again");
    }
    synchronized (loading) {
      Keyset next = rotated(readOrCreate(file));
      try {
        PrivateFiles.replace(file, json(next));
      } catch (IOException e) {
        throw new KeysetException(
            "keyset " + place + " cannot be written (" + e + "); the old one stays in use", e);
      }
      keyset = next;
    }
  }

  /// The text of this keyset with a new primary key, for those who keep it in the environment.
  public static String rotated(String place, String json) {
    return new String(json(rotated(parse(place, json))), UTF_8);
  }

  /// The text of a new keyset, for those who keep it in the environment.
  public static String generated() {
    return new String(json(generate()), UTF_8);
  }

  /// The keyset, or null when its file does not exist.
  private @Nullable Keyset loaded() {
    Keyset present = keyset;
    if (present != null || file == null) {
      return present;
    }
    synchronized (loading) {
      if (keyset == null) {
        keyset = read(file);
      }
      return keyset;
    }
  }

  private Keyset loadedOrNew() {
    Keyset present = loaded();
    if (present != null || file == null) {
      return Objects.requireNonNull(present);
    }
    synchronized (loading) {
      Keyset made = readOrCreate(file);
      keyset = made;
      return made;
    }
  }

  /// What the file holds by now, when it is another keyset than this one.
  private Keyset reloaded(Keyset old) {
    if (file == null) {
      return old;
    }
    synchronized (loading) {
      Keyset present = read(file);
      if (present == null) {
        return old;
      }
      keyset = present;
      return present;
    }
  }

  private Keyset readOrCreate(Path path) {
    Keyset present = read(path);
    if (present != null) {
      return present;
    }
    Keyset made = generate();
    try {
      PrivateFiles.createDirectories(PrivateFiles.directory(path));
      if (PrivateFiles.create(path, json(made))) {
        return made;
      }
    } catch (IOException e) {
      throw new KeysetException(
          "keyset " + place + " cannot be created (" + e + "); make its directory writable", e);
    }
    // Another process was faster; its keyset is the one that counts.
    return readOrCreate(path);
  }

  private @Nullable Keyset read(Path path) {
    try {
      String json = Files.readString(path);
      if (PrivateFiles.readableByOthers(path)) {
        log.warn("keyset {} can be read by other users; run: chmod 600 {}", path, path);
      }
      return parse(place, json);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new KeysetException(
          "keyset " + place + " cannot be read (" + e + "); give this user read access to it", e);
    }
  }

  private static Keyset parse(String place, String json) {
    try {
      return Keyset.parse(json);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeysetException(
          "keyset "
              + place
              + " is not a JSON keyset with an enabled AES-256-GCM key; restore it from a backup",
          e);
    }
  }

  private static Keyset generate() {
    try {
      return Keyset.generate();
    } catch (GeneralSecurityException e) {
      throw new KeysetException("a keyset cannot be generated: " + e.getMessage(), e);
    }
  }

  private static Keyset rotated(Keyset keyset) {
    try {
      return keyset.rotated();
    } catch (GeneralSecurityException e) {
      throw new KeysetException("the keyset cannot be rotated: " + e.getMessage(), e);
    }
  }

  private static byte[] json(Keyset keyset) {
    try {
      return keyset.toJson().getBytes(UTF_8);
    } catch (GeneralSecurityException e) {
      throw new KeysetException("the keyset cannot be written: " + e.getMessage(), e);
    }
  }

  /// The length keeps apart what would read the same when joined.
  private static byte[] associated(String workspace, String id) {
    return (workspace.length() + ":" + workspace + id).getBytes(UTF_8);
  }
}
