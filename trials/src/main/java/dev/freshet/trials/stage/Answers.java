package dev.freshet.trials.stage;

import dev.freshet.Provenance;
import dev.freshet.ReadList;
import dev.freshet.Row;
import dev.freshet.object.FieldPath;
import dev.freshet.testkit.history.Answer;
import dev.freshet.testkit.history.ContentHash;
import dev.freshet.testkit.history.Item;
import dev.freshet.testkit.history.Items;
import dev.freshet.testkit.history.Route;
import dev.freshet.testkit.workload.Workload;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Freshet's answers, as a history holds them. */
public final class Answers {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final FieldPath TAG = FieldPath.of("metadata.annotations['" + Workload.TAG + "']");
  private static final FieldPath METADATA = FieldPath.of("metadata");
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final FieldPath STATUS = FieldPath.of("status");
  private static final FieldPath DATA = FieldPath.of("data");

  private Answers() {}

  /** Adds the objects of an answer, with their content where they are kept. */
  static Answer.Claims describe(ReadList<?> answer, Items.Gathering into) {
    add(answer.rows(), into);
    return claims(answer.provenance());
  }

  /** Adds objects, with their content where they are kept. */
  public static void add(List<? extends Row<?>> rows, Items.Gathering into) {
    for (Row<?> row : rows) {
      into.add(item(row, into.keeps()));
    }
  }

  /** What an answer says about itself. */
  public static Answer.Claims claims(Provenance provenance) {
    return new Answer.Claims(
        Long.parseLong(provenance.asOf().text()),
        Route.of(provenance.route().toString()),
        provenance.epoch(),
        provenance.behindAtMost().map(Duration::toNanos).orElse(Answer.UNKNOWN),
        provenance.satisfied(),
        provenance.requests().sent(),
        provenance.requests().readers());
  }

  static Item item(Row<?> row, boolean withContent) {
    return new Item(
        row.key().toString(),
        row.uid(),
        Long.parseLong(row.resourceVersion().text()),
        row.get(TAG).orElse(""),
        withContent ? content(row) : Item.UNSEEN);
  }

  private static long content(Row<?> row) {
    ObjectNode object = JSON.createObjectNode();
    List<FieldPath> fields =
        row.type().plural().equals("configmaps")
            ? List.of(METADATA, DATA)
            : List.of(METADATA, SPEC, STATUS);
    for (FieldPath path : fields) {
      row.get(path).ifPresent(json -> object.set(path.toString(), JSON.readTree(json)));
    }
    return ContentHash.of(object);
  }
}
