package dev.freshet.saved;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.compact.Alike;
import dev.freshet.compact.PackedBody;
import dev.freshet.compact.Packer;
import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.Owner;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.protobuf.FieldTables;
import dev.freshet.scripted.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was saved is what is loaded. */
class SavedFileTest {

  private static final Body.Encoding POD =
      new Body.Encoding.Protobuf(FieldTables.get().kind("v1", "Pod").orElseThrow());

  @TempDir private Path temporary;
  private SavedDirectory directory;
  private SavedFile file;

  @BeforeEach
  void open() {
    directory = new SavedDirectory(temporary, new VirtualTime());
    file = directory.file(Saves.SCOPE);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  private SavedState reloaded(List<StoredObject> objects) {
    assertThat(Saves.save(file, objects)).isInstanceOf(SavedFile.Outcome.Saved.class);
    return file.load().orElseThrow();
  }

  private static StoredObject object(
      String name, String uid, String version, Labels labels, @Nullable Owner owner, Body body) {
    return new StoredObject(
        new ObjectKey("ns", name), uid, new ResourceVersion(version), labels, owner, body);
  }

  private static Body body(String text, Body.Encoding encoding) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8), encoding);
  }

  @Test
  void everythingOfARowComesBack() {
    StoredObject saved =
        object(
            "grün",
            "00000000-0000-4000-8000-00000000abcd",
            "123",
            Labels.of(Map.of("app", "web", "tier", "")),
            new Owner("ReplicaSet", "web-1", "uid-7"),
            body("message", POD));
    StoredObject loaded = reloaded(List.of(saved)).objects().getFirst();
    assertThat(loaded.key()).isEqualTo(saved.key());
    assertThat(loaded.uid()).isEqualTo(saved.uid());
    assertThat(loaded.resourceVersion()).isEqualTo(saved.resourceVersion());
    assertThat(loaded.labels()).isEqualTo(saved.labels());
    assertThat(loaded.owner()).isEqualTo(saved.owner());
    assertThat(loaded.body().bytes()).isEqualTo(saved.body().bytes());
    assertThat(loaded.body().encoding()).isEqualTo(POD);
  }

  @Test
  void whatIsNotThereIsNotThereAfterwards() {
    StoredObject bare = object("bare", "", "", Labels.NONE, null, body("{}", Body.Encoding.JSON));
    StoredObject loaded = reloaded(List.of(bare)).objects().getFirst();
    assertThat(loaded.uid()).isEmpty();
    assertThat(loaded.resourceVersion()).isEqualTo(ResourceVersion.NONE);
    assertThat(loaded.labels()).isSameAs(Labels.NONE);
    assertThat(loaded.owner()).isNull();
    assertThat(loaded.body().encoding()).isEqualTo(Body.Encoding.JSON);
  }

  @Test
  void versionsOfAnyLengthComeBack() {
    List<String> versions = List.of("999999999999999999", "1000000000000000000", "9".repeat(40));
    List<StoredObject> objects = new ArrayList<>();
    for (String version : versions) {
      String name = "v" + objects.size();
      objects.add(object(name, "u", version, Labels.NONE, null, body("", POD)));
    }
    assertThat(reloaded(objects).objects())
        .extracting(StoredObject::resourceVersion)
        .isEqualTo(versions.stream().map(ResourceVersion::new).toList());
  }

  @Test
  void theStateSaysWhatItIsOf() {
    SavedState state = reloaded(List.of());
    assertThat(state.cluster()).isEqualTo(Saves.CLUSTER);
    assertThat(state.frontier()).isEqualTo(new ResourceVersion("1000000"));
    assertThat(state.provenMillis()).isEqualTo(Saves.PROVEN);
    assertThat(state.objects()).isEmpty();
  }

  @Test
  void packedBytesStayPackedByOneDictionary() {
    List<StoredObject> objects = Alike.objects(700, 1);
    List<byte[]> bytes = objects.stream().map(object -> object.body().bytes()).toList();
    Packer packer = Packer.packing();
    packer.learn(objects);
    objects.forEach(packer::pack);
    SavedState state = reloaded(objects);
    assertThat(state.objects())
        .allSatisfy(
            object -> {
              PackedBody packed = (PackedBody) object.body();
              assertThat(packed.dictionary()).isSameAs(state.dictionary().orElseThrow());
            });
    assertThat(state.objects())
        .extracting(object -> object.body().bytes())
        .containsExactlyElementsOf(bytes);
  }

  @Test
  void ofTwoDictionariesTheCommonerOneIsGoneOnWith() {
    List<StoredObject> objects = Alike.objects(700, 1);
    pack(objects.subList(0, 100));
    pack(objects.subList(100, 700));
    SavedState state = reloaded(objects);
    PackedBody last = (PackedBody) state.objects().getLast().body();
    PackedBody first = (PackedBody) state.objects().getFirst().body();
    assertThat(state.dictionary()).containsSame(last.dictionary());
    assertThat(first.dictionary()).isNotSameAs(last.dictionary());
  }

  private static void pack(List<StoredObject> objects) {
    Packer packer = Packer.packing();
    packer.learn(Alike.objects(700, 1));
    objects.forEach(packer::pack);
  }

  @Test
  void objectsShareWhatTheySharedBefore() {
    Labels labels = Labels.of(Map.of("app", "web"));
    SavedState state =
        reloaded(
            List.of(
                object("a", "u", "1", labels, null, body("", POD)),
                object("b", "u", "2", Labels.of(Map.of("app", "web")), null, body("", POD))));
    assertThat(state.objects().getFirst().labels()).isSameAs(state.objects().getLast().labels());
    assertThat(state.objects().getFirst().key().namespace())
        .isSameAs(state.objects().getLast().key().namespace());
  }

  @Test
  void moreDifferentLabelsThanAreRememberedComeBackAll() {
    List<StoredObject> objects = new ArrayList<>();
    int count = Written.MOST + 1_000;
    for (int i = 0; i < count; i++) {
      Labels labels = Labels.of(Map.of("number", Integer.toString(i)));
      objects.add(object(String.format("o%08d", i), "u", "1", labels, null, body("", POD)));
    }
    assertThat(reloaded(objects).objects())
        .extracting(object -> object.labels().get("number"))
        .containsExactlyElementsOf(
            objects.stream().map(object -> object.labels().get("number")).toList());
  }

  @Test
  void bytesLongerThanTheBuffersComeBack() {
    String long1 = "x".repeat(700_000);
    StoredObject loaded =
        reloaded(List.of(object("a", "u", "1", Labels.NONE, null, body(long1, POD))))
            .objects()
            .getFirst();
    assertThat(loaded.body().bytes()).isEqualTo(long1.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsSavedLaterTakesThePlaceOfWhatWasSavedBefore() {
    reloaded(Alike.objects(3, 1));
    assertThat(reloaded(Alike.objects(2, 1)).objects()).hasSize(2);
  }

  @Test
  void anotherScopeHasAnotherFile() {
    Saves.save(file, Alike.objects(3, 1));
    assertThat(directory.file("v1\nconfigmaps").exists()).isFalse();
  }
}
