using System.Globalization;
using System.Text.RegularExpressions;
using AnomalyKit.Server.Hosting;
using AnomalyKit.Server.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace AnomalyKit.Server.Tests;

/// <summary>The files of deploy/ fit the server, and each other.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string[] Manifests = ["deployment", "configmap", "service", "models", "autoscaler", "disruption"];

    [Fact]
    public void Settings_in_the_environment_are_options_that_there_are()
    {
        string[] names = [.. new[] { "deploy/Dockerfile", "deploy/compose.yaml", "deploy/kubernetes/configmap.yaml" }.SelectMany(path => Setting().Matches(Repository.Text(path))).Select(match => match.Value)];
        Assert.True(names.Length > 8);
        Assert.All(names, name =>
        {
            string[] parts = name.Split("__");
            var options = parts switch
            {
                [_, "Server", _] => typeof(ServerOptions),
                [_, "Serving", _] => typeof(AnomalyServingOptions),
                [_, "Serving", "Keys", "0", _] => typeof(ApiKeyOptions),
                _ => typeof(AnomalyDetectionOptions),
            };
            Assert.NotNull(options.GetProperty(parts[^1]));
        });
    }

    [Fact]
    public void All_options_of_the_program_are_keys() =>
        Assert.Equal(typeof(ServerOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order(StringComparer.Ordinal), ServerKeys.All.Names.Order(StringComparer.Ordinal));

    [Fact]
    public void A_pod_has_more_time_to_end_than_the_server_takes()
    {
        var settings = Manifest("configmap")["data"];
        double delay = Number(settings["AnomalyDetection__Server__StopDelaySeconds"]);
        double timeout = Number(settings["AnomalyDetection__Server__StopTimeoutSeconds"]);
        var deployment = Manifest("deployment");
        double grace = Number(deployment["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]);
        Assert.True(grace > delay + timeout + 3);
        // The endpoint is taken away only after a probe said so.
        var readiness = Container(deployment)["readinessProbe"];
        Assert.True(delay > 2 * Number(readiness["periodSeconds"]) * Number(readiness["failureThreshold"]));
    }

    [Fact]
    public void The_container_is_held_short()
    {
        var pod = Manifest("deployment")["spec"]["template"]["spec"];
        Assert.Equal("true", Text(pod["securityContext"]["runAsNonRoot"]));
        Assert.NotEqual("0", Text(pod["securityContext"]["runAsUser"]));
        var container = Container(Manifest("deployment"));
        Assert.Equal("true", Text(container["securityContext"]["readOnlyRootFilesystem"]));
        Assert.Equal("false", Text(container["securityContext"]["allowPrivilegeEscalation"]));
        Assert.Equal("ALL", Text(container["securityContext"]["capabilities"]["drop"][0]));
        Assert.NotNull(container["resources"]["limits"]["memory"]);
        string dockerfile = Repository.Text("deploy/Dockerfile");
        Assert.Contains($"\nUSER {Text(pod["securityContext"]["runAsUser"])}:", dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_ask_for_a_key_that_comes_from_a_secret()
    {
        var settings = Manifest("configmap")["data"];
        Assert.Equal("true", Text(settings["AnomalyDetection__Serving__RequireKey"]));
        string file = Text(settings["AnomalyDetection__Serving__Keys__0__File"]);
        var mount = Assert.Single((YamlSequenceNode)Container(Manifest("deployment"))["volumeMounts"], each => file.StartsWith(Text(each["mountPath"]) + "/", StringComparison.Ordinal));
        var volume = Assert.Single((YamlSequenceNode)Manifest("deployment")["spec"]["template"]["spec"]["volumes"], each => Text(each["name"]) == Text(mount["name"]));
        string readme = Repository.Text("deploy/README.md");
        Assert.Contains($"create secret generic {Text(volume["secret"]["secretName"])} --from-literal={Path.GetFileName(file)}=", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void What_kustomize_applies_is_there_and_selects_the_pods()
    {
        var resources = ((YamlSequenceNode)Manifest("kustomization")["resources"]).Select(Text).ToArray();
        Assert.All(resources, resource => Assert.NotEmpty(Repository.Text("deploy/kubernetes/" + resource)));
        Assert.Contains("disruption.yaml", resources);
        Assert.Equal(
            Text(Manifest("deployment")["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/name"]),
            Text(Manifest("disruption")["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"]));
    }

    [Fact]
    public void Limits_on_requests_fit_the_memory_of_the_container()
    {
        Fits(Manifest("configmap")["data"], Text(Container(Manifest("deployment"))["resources"]["limits"]["memory"]));
        var compose = Yaml("deploy/compose.yaml")["services"]["anomalykit"];
        Fits(compose["environment"], Text(compose["mem_limit"]));

        // The formula of docs/serving.md.
        static void Fits(YamlNode settings, string memory) =>
            Assert.InRange(43 * Number(settings["AnomalyDetection__Serving__MaxRequestBytes"]) / (1 << 20), 1, double.Parse(memory.TrimEnd('M', 'i', 'm'), CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Ports_and_names_are_the_same_everywhere()
    {
        var settings = Manifest("configmap")["data"];
        var ports = ((YamlSequenceNode)Container(Manifest("deployment"))["ports"]).ToDictionary(port => Text(port["name"]), port => Text(port["containerPort"]));
        Assert.EndsWith(":" + ports["http"], Text(settings["AnomalyDetection__Server__Urls"]), StringComparison.Ordinal);
        Assert.EndsWith(":" + ports["grpc"], Text(settings["AnomalyDetection__Server__GrpcUrls"]), StringComparison.Ordinal);
        Assert.All((YamlSequenceNode)Manifest("service")["spec"]["ports"], port => Assert.Contains(Text(port["targetPort"]), ports.Keys));
        Assert.All(Manifests, name => Assert.Equal("anomalykit", Text(Manifest(name)["metadata"]["labels"]["app.kubernetes.io/name"])));
        string selector = Text(Manifest("service")["spec"]["selector"]["app.kubernetes.io/name"]);
        Assert.Equal(selector, Text(Manifest("deployment")["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/name"]));
        Assert.Equal(Text(Manifest("models")["metadata"]["name"]), Text(Manifest("deployment")["spec"]["template"]["spec"]["volumes"][0]["persistentVolumeClaim"]["claimName"]));
        Assert.Equal(Text(Manifest("configmap")["metadata"]["name"]), Text(Container(Manifest("deployment"))["envFrom"][0]["configMapRef"]["name"]));
        Assert.Contains($"EXPOSE {ports["http"]} {ports["grpc"]}", Repository.Text("deploy/Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probes_ask_routes_that_there_are()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.ReadyAsync();
        using var client = server.Client();
        var container = Container(Manifest("deployment"));
        foreach (string probe in (string[])["livenessProbe", "readinessProbe", "startupProbe"])
            Assert.True((await client.GetAsync(new Uri(Text(container[probe]["httpGet"]["path"]), UriKind.Relative))).IsSuccessStatusCode);
        string path = Probe().Match(Repository.Text("deploy/Dockerfile")).Groups[1].Value;
        Assert.True((await client.GetAsync(new Uri(path, UriKind.Relative))).IsSuccessStatusCode);
        var prometheus = Yaml("deploy/prometheus/prometheus.yml");
        Assert.True((await client.GetAsync(new Uri(Text(prometheus["scrape_configs"][0]["metrics_path"]), UriKind.Relative))).IsSuccessStatusCode);
    }

    [Fact]
    public void Compose_mounts_files_that_there_are()
    {
        var services = Yaml("deploy/compose.yaml")["services"];
        Assert.Equal("true", Text(services["anomalykit"]["read_only"]));
        Assert.Equal("deploy/Dockerfile", Text(services["anomalykit"]["build"]["dockerfile"]));
        foreach (string mounted in (string[])["./prometheus/prometheus.yml:/etc/prometheus/prometheus.yml:ro", "./prometheus/alerts.yml:/etc/prometheus/alerts.yml:ro"])
            Assert.Contains(mounted, ((YamlSequenceNode)services["prometheus"]["volumes"]).Select(Text));
        Assert.Equal("alerts.yml", Text(Yaml("deploy/prometheus/prometheus.yml")["rule_files"][0]));
        Assert.Equal("anomalykit:8080", Text(Yaml("deploy/prometheus/prometheus.yml")["scrape_configs"][0]["static_configs"][0]["targets"][0]));
        Assert.Equal("http://prometheus:9090", Text(Yaml("deploy/grafana/provisioning/datasources/prometheus.yaml")["datasources"][0]["url"]));
        Assert.Equal("/var/lib/grafana/dashboards", Text(Yaml("deploy/grafana/provisioning/dashboards/anomalykit.yaml")["providers"][0]["options"]["path"]));
    }

    private static YamlNode Container(YamlNode deployment) => deployment["spec"]["template"]["spec"]["containers"][0];

    private static YamlNode Manifest(string name) => Yaml($"deploy/kubernetes/{name}.yaml");

    private static YamlNode Yaml(string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Text(path)));
        return stream.Documents[0].RootNode;
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static double Number(YamlNode node) => double.Parse(Text(node), CultureInfo.InvariantCulture);

    [GeneratedRegex("AnomalyDetection__[A-Za-z0-9_]+")]
    private static partial Regex Setting();

    [GeneratedRegex("--probe\", \"http://127.0.0.1:8080([^\"]+)\"")]
    private static partial Regex Probe();
}
