package dev.freshet.trials.levels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.history.Query;
import org.junit.jupiter.api.Test;

class QuestionTest {
  @Test
  void severalNamespacesAreJudgedOneByOne() {
    assertThat(Question.labelled(Kind.PODS, "a=b").in("x", "y").written())
        .containsExactly(
            Query.all("pods").labels("a=b").inNamespace("x"),
            Query.all("pods").labels("a=b").inNamespace("y"));
  }

  @Test
  void anObjectIsJudgedByItsName() {
    assertThat(Question.object(Kind.CONFIG_MAPS, "x", "it").written())
        .containsExactly(Query.all("configmaps").inNamespace("x").named("it"));
  }

  @Test
  void anInformerIsAskedOnlyWhatItsUsersCouldFilterByHand() {
    assertThat(Informer.understands(Question.labelled(Kind.PODS, "ray.io/cluster=a-1"))).isTrue();
    assertThat(Informer.understands(Question.everything(Kind.PODS))).isTrue();
    assertThat(Informer.understands(Question.labelled(Kind.PODS, "a in (b,c)"))).isFalse();
    assertThat(Informer.understands(Question.labelled(Kind.PODS, "a=b,!c"))).isFalse();
    assertThat(Informer.understands(Question.everything(Kind.CONFIG_MAPS))).isFalse();
  }
}
