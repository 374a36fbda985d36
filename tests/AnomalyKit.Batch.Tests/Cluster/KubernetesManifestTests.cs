using AnomalyKit.Batch.Yaml;
using FsCheck.Xunit;
using k8s;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace AnomalyKit.Batch.Tests.Cluster;

/// <summary>The Jobs, as a parser of somebody else reads them.</summary>
[Collection(nameof(ProgramsOnPath))]
public sealed class KubernetesManifestTests : IDisposable
{
    private static readonly string[] Command = ["score", "models/it's.akm", "march 2026/*.parquet", "--out", "scores-$(date)-$$HOME.parquet", "--keep", "@timestamp,null,\"1e3\",a: b # c\n\t\u2028é"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_array_is_an_indexed_job_in_which_every_shard_fails_alone()
    {
        var job = Read("score.yaml");
        Assert.Equal(("batch/v1", "Job", "nightly-score", "lab"), (Text(job, "apiVersion"), Text(job, "kind"), Text(job, "metadata", "name"), Text(job, "metadata", "namespace")));
        Assert.Equal(("Indexed", "12", "5", "3"), (Text(job, "spec", "completionMode"), Text(job, "spec", "completions"), Text(job, "spec", "parallelism"), Text(job, "spec", "backoffLimitPerIndex")));
        var rules = (YamlSequenceNode)Node(job, "spec", "podFailurePolicy", "rules");
        Assert.Equal("FailIndex", Text(rules[0], "action"));
        Assert.Equal(["1", "2"], Texts(rules[0], "onExitCodes", "values"));
        Assert.Equal(Text(Container(job), "name"), Text(rules[0], "onExitCodes", "containerName"));
        Assert.Equal(("Ignore", "DisruptionTarget"), (Text(rules[1], "action"), Text(((YamlSequenceNode)Node(rules[1], "onPodConditions"))[0], "type")));
        Assert.Equal("Never", Text(job, "spec", "template", "spec", "restartPolicy"));
    }

    [Fact]
    public void What_joins_the_shards_is_one_pod()
    {
        var job = Read("merge.yaml");
        Assert.Throws<KeyNotFoundException>(() => Node(job, "spec", "completionMode"));
        Assert.Equal("3", Text(job, "spec", "backoffLimit"));
        Assert.Equal("FailJob", Text(((YamlSequenceNode)Node(job, "spec", "podFailurePolicy", "rules"))[0], "action"));
    }

    [Fact]
    public void The_tool_gets_every_argument_as_it_was_given()
    {
        var container = Container(Read("score.yaml"));
        Assert.Equal(["dotnet", "/app/anomalykit.dll"], Texts(container, "command").Select(Expand));
        Assert.Equal(["score", "--threads", "4", .. Command[1..], "--shard", "env/12"], Texts(container, "args").Select(Expand));
        Assert.Equal("/data", Text(container, "workingDir"));
    }

    [Fact]
    public void Pods_have_no_rights_that_they_do_not_need()
    {
        var job = Read("score.yaml");
        var pod = Node(job, "spec", "template", "spec");
        Assert.Equal(("true", "1000"), (Text(pod, "securityContext", "runAsNonRoot"), Text(pod, "securityContext", "runAsUser")));
        Assert.Equal(("1000", "false"), (Text(pod, "securityContext", "runAsGroup"), Text(pod, "automountServiceAccountToken")));
        var container = Container(job);
        Assert.Equal(("true", "false"), (Text(container, "securityContext", "readOnlyRootFilesystem"), Text(container, "securityContext", "allowPrivilegeEscalation")));
        Assert.Equal(["ALL"], Texts(container, "securityContext", "capabilities", "drop"));
        var volumes = (YamlSequenceNode)Node(pod, "volumes");
        Assert.Equal("shared", Text(volumes[0], "persistentVolumeClaim", "claimName"));
        Assert.Empty(((YamlMappingNode)Node(volumes[1], "emptyDir")).Children);
        Assert.Equal(["/data", "/tmp"], ((YamlSequenceNode)Node(container, "volumeMounts")).Select(mount => Text(mount, "mountPath")));
    }

    [Fact]
    public void Resources_are_requests_and_limits_and_the_heap_keeps_to_them()
    {
        var job = Read("score.yaml");
        var container = Container(job);
        foreach (string kind in new[] { "requests", "limits" })
            Assert.Equal(("4", "8192Mi"), (Text(container, "resources", kind, "cpu"), Text(container, "resources", kind, "memory")));
        var environment = ((YamlSequenceNode)Node(container, "env")).ToDictionary(pair => Text(pair, "name"), pair => Text(pair, "value"));
        Assert.Equal(("4", "0x199999998"), (environment["DOTNET_PROCESSOR_COUNT"], environment["DOTNET_GCHeapHardLimit"]));
        Assert.Equal("5400", Text(job, "spec", "template", "spec", "activeDeadlineSeconds"));
    }

    [Fact]
    public void The_schema_of_Kubernetes_knows_every_field()
    {
        Read("score.yaml");
        foreach (string name in new[] { "score.yaml", "merge.yaml" })
        {
            // Strict: a field that the published schema does not have, or a value of another type, is an error.
            var job = KubernetesYaml.Deserialize<V1Job>(File.ReadAllText(_folder[$"job/{name}"]), strict: true);
            Assert.Equal(2, job.Spec.PodFailurePolicy.Rules.Count);
            Assert.Equal(name == "score.yaml" ? 3 : null, job.Spec.BackoffLimitPerIndex);
            Assert.Equal("4", job.Spec.Template.Spec.Containers[0].Resources.Limits["cpu"].ToString());
        }

        Assert.ThrowsAny<Exception>(() => KubernetesYaml.Deserialize<V1Job>(File.ReadAllText(_folder["job/merge.yaml"]).Replace("backoffLimit:", "backOffLimit:", StringComparison.Ordinal), strict: true));
    }

    [BashFact]
    public void The_script_creates_each_step_behind_the_one_before_and_stops_at_a_failure()
    {
        Read("score.yaml");
        // Answers as kubectl does; what it was asked goes to a file.
        Bash.Program(_folder["kubectl"], """
            printf '%s\n' "$*" >> asked
            case "$*" in
                *"get job"*failedIndexes*) echo 2,5 ;;
                *"get job nightly-score"*) echo Job; echo "${SCORE-Complete}" ;;
                *"get job"*) printf 'Job\nSuccessCriteriaMet\nComplete\n' ;;
                *logs*) echo 'the disk is full' ;;
            esac
            """);
        var environment = new Dictionary<string, string> { ["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}", ["SCORE"] = "Failed" };
        var failed = Bash.Run(_folder["job/run.sh"], environment);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("shards without a result: 2,5", failed.Error, StringComparison.Ordinal);
        Assert.Contains("the disk is full", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(File.ReadLines(_folder["job/asked"]), line => line.Contains("merge", StringComparison.Ordinal));

        environment["SCORE"] = "Complete";
        Assert.Equal(0, Bash.Run(_folder["job/run.sh"], environment).ExitCode);
        Assert.Equal(
            ["--namespace=lab create -f score.yaml", "--namespace=lab create -f merge.yaml"],
            File.ReadLines(_folder["job/asked"]).Where(line => line.Contains("create", StringComparison.Ordinal)).TakeLast(2));
    }

    [BashFact]
    public void The_script_gives_up_when_its_Job_is_gone_or_nobody_answers()
    {
        Read("score.yaml");
        Bash.Program(_folder["sleep"], "");
        Bash.Program(_folder["kubectl"], """
            case "$*" in
                *"get job"*) [ "$ANSWER" = gone ] ;;
            esac
            """);
        var environment = new Dictionary<string, string> { ["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}", ["ANSWER"] = "gone" };
        var gone = Bash.Run(_folder["job/run.sh"], environment);
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("nightly-score is gone", gone.Error, StringComparison.Ordinal);
        environment["ANSWER"] = "none";
        var silent = Bash.Run(_folder["job/run.sh"], environment);
        Assert.Equal(1, silent.ExitCode);
        Assert.Contains("12 times in a row", silent.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_are_none_of_the_service()
    {
        var job = Read("score.yaml");
        Assert.Equal("anomalykit-batch", Text(job, "metadata", "labels", "app.kubernetes.io/name"));
        Assert.Equal("anomalykit-batch", Text(job, "spec", "template", "metadata", "labels", "app.kubernetes.io/name"));
    }

    [Property(MaxTest = 300)]
    public void Texts_are_read_as_they_were_written(string text)
    {
        if (text is null || text.Any(char.IsSurrogate))
            return;
        var read = Parse(YamlText.Of([new("key", text), new("list", new[] { text, "end" })]));
        Assert.Equal(text, Text(read, "key"));
        Assert.Equal([text, "end"], Texts(read, "list"));
    }

    [Theory]
    [InlineData("no")]
    [InlineData("1e3")]
    [InlineData("~")]
    [InlineData("\u0085\u2028\u2029\ufeff\u00a0\u007f\u0000😀")]
    [InlineData("- a: b #c\n...\n---\n")]
    public void Texts_stay_texts(string text) => Assert.Equal(text, Text(Parse(YamlText.Of([new("key", text)])), "key"));

    [Theory]
    [InlineData("Shared")]
    [InlineData("")]
    [InlineData("-x")]
    public void Names_that_Kubernetes_would_refuse_are_refused(string claim) => Assert.ThrowsAny<ArgumentException>(() => new KubernetesOptions("image", claim));

    [Fact]
    public void Options_have_ranges()
    {
        Assert.ThrowsAny<ArgumentException>(() => new KubernetesOptions(" ", "claim"));
        Assert.ThrowsAny<ArgumentException>(() => new KubernetesOptions("image", "claim") { MountPath = "data" });
        Assert.ThrowsAny<ArgumentException>(() => new KubernetesOptions("image", "claim") { Namespace = "a b" });
        Assert.Throws<ArgumentOutOfRangeException>(() => new KubernetesOptions("image", "claim") { RetryLimit = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new KubernetesOptions("image", "claim") { UserId = 0 });
    }

    private static YamlNode Container(YamlNode job) => Assert.Single((YamlSequenceNode)Node(job, "spec", "template", "spec", "containers"));

    private static YamlNode Node(YamlNode node, params string[] path) => path.Aggregate(node, (inner, key) => inner[key]);

    private static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)Node(node, path)).Value!;

    private static string[] Texts(YamlNode node, params string[] path) => [.. ((YamlSequenceNode)Node(node, path)).Select(item => ((YamlScalarNode)item).Value!)];

    private static YamlNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Assert.Single(stream.Documents).RootNode;
    }

    // As Kubernetes does it: $$ is a dollar, $(NAME) would be a variable.
    private static string Expand(string word)
    {
        Assert.DoesNotContain("$(", word.Replace("$$", "", StringComparison.Ordinal), StringComparison.Ordinal);
        return word.Replace("$$", "$", StringComparison.Ordinal);
    }

    private YamlNode Read(string name)
    {
        var job = new ClusterJob(_folder["job"], 12, Command)
        {
            Name = "nightly",
            Tool = ["dotnet", "/app/anomalykit.dll"],
            Resources = new ClusterResources { ThreadCount = 4, MemoryBytes = 8L << 30, TimeLimit = TimeSpan.FromMinutes(90), MaxConcurrent = 5 },
        };
        string[] files = [.. KubernetesCluster.Write(job, new KubernetesOptions("registry.example/anomalykit:0.3.0", "shared") { Namespace = "lab" })];
        Assert.Equal(["score.yaml", "merge.yaml", "run.sh"], files.Select(file => Path.GetFileName(file)));
        return Parse(File.ReadAllText(_folder[$"job/{name}"]));
    }
}
