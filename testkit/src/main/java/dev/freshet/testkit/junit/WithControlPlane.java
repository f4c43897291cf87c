package dev.freshet.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that uses the control plane shared by the whole test run.
 *
 * <p>Its constructors, lifecycle methods and tests may take a {@link
 * dev.freshet.testkit.controlplane.ControlPlane}, a {@link
 * io.fabric8.kubernetes.client.KubernetesClient} of the non-admin {@link
 * dev.freshet.testkit.controlplane.User#TEST}, and a {@link TestNamespace} of their own. The
 * control plane starts at the first use and ends after the last test class. A test that stops or
 * pauses servers, or needs flags, starts a control plane for itself instead.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ControlPlaneExtension.class)
public @interface WithControlPlane {}
