package dev.freshet.testkit.junit;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.User;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Resolves the parameters of a {@link WithControlPlane} class. */
final class ControlPlaneExtension implements ParameterResolver {
  private static final Namespace STORE = Namespace.create(ControlPlaneExtension.class);
  private static final Set<Class<?>> RESOLVED =
      Set.of(ControlPlane.class, KubernetesClient.class, TestNamespace.class);

  /** Each test method's instance is constructed with a namespace of that method. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return RESOLVED.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    ControlPlane plane = shared(context);
    if (type == ControlPlane.class) {
      return plane;
    }
    return type == TestNamespace.class ? namespace(plane, context) : plane.client(User.TEST);
  }

  /** In the store of the root, which closes what it holds after the last test. */
  private static ControlPlane shared(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .computeIfAbsent(ControlPlane.class, key -> ControlPlane.start(), ControlPlane.class);
  }

  /** In the store of the test, or of the class for its static methods: closed after it. */
  private static TestNamespace namespace(ControlPlane plane, ExtensionContext context) {
    return context
        .getStore(STORE)
        .computeIfAbsent(
            TestNamespace.class,
            key -> TestNamespace.create(plane.client(User.TEST)),
            TestNamespace.class);
  }
}
