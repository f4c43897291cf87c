package dev.freshet.fabric8;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthProviderConfig;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;

/**
 * A kubeconfig as fabric8's model: what says which cluster, and as whom. Preferences and extensions
 * are left out.
 *
 * <p>Filled here and not by fabric8's mapper, which looks through the class of every kind there is
 * before it reads the first kubeconfig: half of what a short command took; see
 * docs/design/start-up.md.
 */
final class KubeconfigModel {

  private KubeconfigModel() {}

  static Config config(Settings file) {
    var config = new Config();
    config.setCurrentContext(file.text("current-context"));
    config.setClusters(file.each("clusters", KubeconfigModel::namedCluster));
    config.setContexts(file.each("contexts", KubeconfigModel::namedContext));
    config.setUsers(file.each("users", KubeconfigModel::namedUser));
    return config;
  }

  private static NamedCluster namedCluster(Settings entry) {
    var named = new NamedCluster();
    named.setName(entry.text("name"));
    named.setCluster(entry.one("cluster", KubeconfigModel::cluster));
    return named;
  }

  private static Cluster cluster(Settings entry) {
    var cluster = new Cluster();
    cluster.setServer(entry.text("server"));
    cluster.setCertificateAuthority(entry.text("certificate-authority"));
    cluster.setCertificateAuthorityData(entry.text("certificate-authority-data"));
    cluster.setInsecureSkipTlsVerify(entry.flag("insecure-skip-tls-verify"));
    cluster.setTlsServerName(entry.text("tls-server-name"));
    cluster.setProxyUrl(entry.text("proxy-url"));
    cluster.setDisableCompression(entry.flag("disable-compression"));
    return cluster;
  }

  private static NamedContext namedContext(Settings entry) {
    var named = new NamedContext();
    named.setName(entry.text("name"));
    named.setContext(entry.one("context", KubeconfigModel::context));
    return named;
  }

  private static Context context(Settings entry) {
    var context = new Context();
    context.setCluster(entry.text("cluster"));
    context.setUser(entry.text("user"));
    context.setNamespace(entry.text("namespace"));
    return context;
  }

  private static NamedAuthInfo namedUser(Settings entry) {
    var named = new NamedAuthInfo();
    named.setName(entry.text("name"));
    named.setUser(entry.one("user", KubeconfigModel::user));
    return named;
  }

  private static AuthInfo user(Settings entry) {
    var user = new AuthInfo();
    user.setClientCertificate(entry.text("client-certificate"));
    user.setClientCertificateData(entry.text("client-certificate-data"));
    user.setClientKey(entry.text("client-key"));
    user.setClientKeyData(entry.text("client-key-data"));
    user.setToken(entry.text("token"));
    user.setTokenFile(entry.text("tokenFile"));
    user.setUsername(entry.text("username"));
    user.setPassword(entry.text("password"));
    user.setAs(entry.text("as"));
    user.setAsUid(entry.text("as-uid"));
    user.setAsGroups(entry.texts("as-groups"));
    user.setAsUserExtra(entry.textsByKey("as-user-extra"));
    user.setAuthProvider(entry.one("auth-provider", KubeconfigModel::authProvider));
    user.setExec(entry.one("exec", KubeconfigModel::exec));
    return user;
  }

  private static AuthProviderConfig authProvider(Settings entry) {
    var provider = new AuthProviderConfig();
    provider.setName(entry.text("name"));
    provider.setConfig(entry.textByKey("config"));
    return provider;
  }

  private static ExecConfig exec(Settings entry) {
    var exec = new ExecConfig();
    exec.setApiVersion(entry.text("apiVersion"));
    exec.setCommand(entry.text("command"));
    exec.setArgs(entry.texts("args"));
    exec.setEnv(entry.each("env", KubeconfigModel::variable));
    exec.setInstallHint(entry.text("installHint"));
    exec.setInteractiveMode(entry.text("interactiveMode"));
    exec.setProvideClusterInfo(entry.flag("provideClusterInfo"));
    return exec;
  }

  private static ExecEnvVar variable(Settings entry) {
    var variable = new ExecEnvVar();
    variable.setName(entry.text("name"));
    variable.setValue(entry.text("value"));
    return variable;
  }
}
