using System.Globalization;
using System.Text.RegularExpressions;
using AnomalyKit.Server.Hosting;
using AnomalyKit.Server.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace AnomalyKit.Server.Tests;

/// <summary>The files of deploy/ fit the server, and each other.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string[] Manifests = ["deployment", "configmap", "service", "models", "autoscaler", "disruption", "podmonitor"];

    [Fact]
    public void Settings_in_the_environment_are_options_that_there_are()
    {
        string[] names = [.. new[] { "deploy/Dockerfile", "deploy/compose.yaml", "deploy/kubernetes/configmap.yaml", "deploy/systemd/anomalykit.service", "deploy/README.md", "docs/runbook.md" }.SelectMany(path => Setting().Matches(Repository.Text(path))).Select(match => match.Value)];
        Assert.True(names.Length > 8);
        Assert.All(names, name =>
        {
            string[] parts = name.Split("__");
            var options = parts switch
            {
                [_, "Server", _] => typeof(ServerOptions),
                [_, "Serving", _] => typeof(AnomalyServingOptions),
                [_, "Serving", "Keys", _, _] => typeof(ApiKeyOptions),
                [_, "Models", _, _] => typeof(ModelOptions),
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
    public void The_unit_of_systemd_starts_the_program_and_waits_for_its_end()
    {
        string[] lines = Repository.Text("deploy/systemd/anomalykit.service").Split('\n');
        string[] command = Value("ExecStart").Split(' ');
        // It is understood as it stands, but for the folder, which is not here.
        string[] args = [.. command[1..].Select(part => part == "/srv/anomalykit" ? AppContext.BaseDirectory : part)];
        Assert.Equal(3, AnomalyKit.Server.Arguments.ServerCommandLine.Parse(args).Settings.Count);
        Assert.Contains($"install -D -t {Path.GetDirectoryName(command[0])} server/{Path.GetFileName(command[0])}", Repository.Text("deploy/README.md"), StringComparison.Ordinal);
        var options = new ServerOptions();
        Assert.True(double.Parse(Value("TimeoutStopSec"), CultureInfo.InvariantCulture) > options.StopDelaySeconds + options.StopTimeoutSeconds + 3);
        Assert.Equal(ServerProgram.Usage.ToString(CultureInfo.InvariantCulture), Value("RestartPreventExitStatus"));
        // The formula of docs/serving.md, for the default limits.
        Assert.InRange(43 * new AnomalyServingOptions().MaxRequestBytes / (1 << 20), 1, long.Parse(Value("MemoryMax").TrimEnd('M'), CultureInfo.InvariantCulture));
        Assert.Equal("yes", Value("DynamicUser"));
        Assert.Equal("strict", Value("ProtectSystem"));

        string Value(string key) => Assert.Single(lines, line => line.StartsWith(key + "=", StringComparison.Ordinal))[(key.Length + 1)..];
    }

    [Fact]
    public void The_runbook_has_a_section_for_each_alert()
    {
        string[] lines = Repository.Text("docs/runbook.md").Split('\n');
        var alerts = ((YamlSequenceNode)Yaml("deploy/prometheus/alerts.yml")["groups"][0]["rules"]).Select(rule => Text(rule["alert"])).ToArray();
        Assert.True(alerts.Length >= 6);
        Assert.Equal(alerts, lines.Where(line => line.StartsWith("## AnomalyKit", StringComparison.Ordinal)).Select(line => line[3..]));
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
        string readme = Repository.Text("deploy/README.md");
        for (int i = 0; i < 2; i++)
        {
            string file = Text(settings[$"AnomalyDetection__Serving__Keys__{i}__File"]);
            var mount = Assert.Single((YamlSequenceNode)Container(Manifest("deployment"))["volumeMounts"], each => file.StartsWith(Text(each["mountPath"]) + "/", StringComparison.Ordinal));
            var volume = Assert.Single((YamlSequenceNode)Manifest("deployment")["spec"]["template"]["spec"]["volumes"], each => Text(each["name"]) == Text(mount["name"]));
            string create = Assert.Single(readme.Split('\n'), line => line.StartsWith("kubectl create secret", StringComparison.Ordinal));
            Assert.StartsWith($"kubectl create secret generic {Text(volume["secret"]["secretName"])} ", create, StringComparison.Ordinal);
            Assert.Contains($" --from-literal={Path.GetFileName(file)}=", create, StringComparison.Ordinal);
            // The deployment gives the same advice.
            Assert.Contains("# " + create, Repository.Text("deploy/kubernetes/deployment.yaml"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Models_are_copied_into_the_volume_that_the_service_reads()
    {
        var service = Manifest("deployment")["spec"]["template"]["spec"];
        var publish = Manifest("publish")["spec"];
        var container = publish["containers"][0];
        Assert.Equal(Text(service["volumes"][0]["persistentVolumeClaim"]["claimName"]), Text(publish["volumes"][0]["persistentVolumeClaim"]["claimName"]));
        // One writes and the others read: the claim allows both.
        Assert.Equal("ReadWriteMany", Text(Manifest("models")["spec"]["accessModes"][0]));
        Assert.Equal("true", Text(service["volumes"][0]["persistentVolumeClaim"]["readOnly"]));
        Assert.DoesNotContain("readOnly", ((YamlMappingNode)publish["volumes"][0]["persistentVolumeClaim"]).Children.Keys.Select(Text));
        Assert.DoesNotContain("readOnly", ((YamlMappingNode)container["volumeMounts"][0]).Children.Keys.Select(Text));
        string folder = Text(container["volumeMounts"][0]["mountPath"]);
        Assert.Equal(Text(Manifest("configmap")["data"]["AnomalyDetection__ModelFolder"]), folder);
        // The same user, so that the service may read what was written, and as little besides.
        foreach (string who in (string[])["runAsUser", "runAsGroup", "fsGroup", "runAsNonRoot"])
            Assert.Equal(Text(service["securityContext"][who]), Text(publish["securityContext"][who]));
        Assert.Equal("false", Text(container["securityContext"]["allowPrivilegeEscalation"]));
        // It must not be taken for a pod of the service.
        string name = Text(Manifest("publish")["metadata"]["name"]);
        Assert.NotEqual("anomalykit", Text(Manifest("publish")["metadata"]["labels"]["app.kubernetes.io/name"]));
        string readme = Repository.Text("deploy/README.md");
        Assert.Contains($"kubectl wait --for=condition=Ready pod/{name}", readme, StringComparison.Ordinal);
        Assert.Contains($"kubectl cp model.akm {name}:{folder}/fraud/.1/model.akm", readme, StringComparison.Ordinal);
        Assert.Contains($"kubectl exec {name} -- mv {folder}/fraud/.1 {folder}/fraud/1", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("publish.yaml", ((YamlSequenceNode)Manifest("kustomization")["resources"]).Select(Text));
    }

    [Fact]
    public void The_job_of_the_night_writes_where_the_service_reads()
    {
        var service = Manifest("deployment")["spec"]["template"]["spec"];
        var pod = Manifest("refit")["spec"]["jobTemplate"]["spec"]["template"]["spec"];
        var container = pod["containers"][0];
        foreach (string who in (string[])["runAsUser", "runAsGroup", "fsGroup", "runAsNonRoot"])
            Assert.Equal(Text(service["securityContext"][who]), Text(pod["securityContext"][who]));
        var claims = ((YamlSequenceNode)pod["volumes"]).ToDictionary(volume => Text(volume["name"]));
        Assert.All((YamlSequenceNode)container["volumeMounts"], mount => Assert.Contains(Text(mount["name"]), claims.Keys));
        Assert.Equal(Text(Manifest("models")["metadata"]["name"]), Text(claims["models"]["persistentVolumeClaim"]["claimName"]));
        string folder = Text(Manifest("configmap")["data"]["AnomalyDetection__ModelFolder"]);
        var models = Assert.Single((YamlSequenceNode)container["volumeMounts"], mount => Text(mount["name"]) == "models");
        Assert.Equal(folder, Text(models["mountPath"]));
        Assert.DoesNotContain("readOnly", ((YamlMappingNode)models).Children.Keys.Select(Text));
        // What it sets is what the script reads, and it must not be taken for a pod of the service.
        string script = Repository.Text("deploy/refit.sh");
        var settings = ((YamlSequenceNode)container["env"]).ToDictionary(setting => Text(setting["name"]), setting => Text(setting["value"]));
        Assert.All(settings.Keys, name => Assert.Contains($"\n{name}=${{{name}", script, StringComparison.Ordinal));
        Assert.StartsWith(folder + "/", settings["MODELS"], StringComparison.Ordinal);
        Assert.NotEqual("anomalykit", Text(Manifest("refit")["spec"]["jobTemplate"]["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/name"]));
        Assert.Contains($"kubectl create configmap {Text(claims["scripts"]["configMap"]["name"])} --from-file=deploy/refit.sh", Repository.Text("docs/retraining.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Prometheus_scrapes_with_the_key_of_the_secret()
    {
        var settings = Manifest("configmap")["data"];
        string file = Text(settings["AnomalyDetection__Serving__Keys__1__File"]);
        Assert.Equal("metrics", Text(settings["AnomalyDetection__Serving__Keys__1__Name"]));
        var secret = Assert.Single((YamlSequenceNode)Manifest("deployment")["spec"]["template"]["spec"]["volumes"], volume => Text(volume["name"]) == "keys")["secret"];

        var monitor = Manifest("podmonitor")["spec"];
        var endpoint = monitor["podMetricsEndpoints"][0];
        var pod = Manifest("deployment")["spec"]["template"];
        Assert.Equal(Text(pod["metadata"]["labels"]["app.kubernetes.io/name"]), Text(monitor["selector"]["matchLabels"]["app.kubernetes.io/name"]));
        Assert.Contains(Text(endpoint["port"]), ((YamlSequenceNode)Container(Manifest("deployment"))["ports"]).Select(port => Text(port["name"])));
        Assert.Equal("/metrics", Text(endpoint["path"]));
        Assert.Equal((Text(secret["secretName"]), Path.GetFileName(file)), (Text(endpoint["authorization"]["credentials"]["name"]), Text(endpoint["authorization"]["credentials"]["key"])));

        var job = Yaml("deploy/prometheus/kubernetes.yml")["scrape_configs"][0];
        Assert.Equal(Path.GetFileName(file), Path.GetFileName(Text(job["authorization"]["credentials_file"])));
        Assert.Equal("/metrics", Text(job["metrics_path"]));
        // The alert rules look for this job: by its name, and by the label that the Operator takes it from.
        Assert.Contains($"job=\"{Text(job["job_name"])}\"", Repository.Text("deploy/prometheus/alerts.yml"), StringComparison.Ordinal);
        Assert.Equal(Text(job["job_name"]), Text(pod["metadata"]["labels"][Text(monitor["jobLabel"])]));
        Assert.Contains(Text(endpoint["port"]), ((YamlSequenceNode)job["relabel_configs"]).Select(rule => ((YamlMappingNode)rule).Children.TryGetValue("regex", out var regex) ? Text(regex) : ""));
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
