using System.Globalization;
using AnomalyKit.Batch.Yaml;
using Map = System.Collections.Generic.KeyValuePair<string, object>;

namespace AnomalyKit;

/// <summary>The Job of a step as YAML.</summary>
internal static class KubernetesManifest
{
    private const string Container = "anomalykit";

    // Not that of the service: its Service and its disruption budget select all pods of that name.
    private const string Application = "anomalykit-batch";
    private static readonly string[] AllCapabilities = ["ALL"];
    private static readonly object[] HopelessExitCodes = [1, 2];

    public static string FileOf(ClusterStage stage) => $"{stage.Name}.yaml";

    public static string NameOf(ClusterJob job, ClusterStage stage) => $"{job.Name}-{stage.Name}";

    public static string Of(ClusterJob job, ClusterStage stage, KubernetesOptions options)
    {
        Map[] metadata = [new("name", NameOf(job, stage)), .. options.Namespace is { } space ? [new Map("namespace", space)] : Array.Empty<Map>(), new("labels", Labels(job, stage))];
        Map[] root = [new("apiVersion", "batch/v1"), new("kind", "Job"), new("metadata", metadata), new("spec", SpecOf(job, stage, options))];
        return YamlText.Of(root);
    }

    private static Map[] SpecOf(ClusterJob job, ClusterStage stage, KubernetesOptions options) =>
    [
        .. stage.IsArray
            ? [
                new Map("completionMode", "Indexed"),
                new("completions", stage.ShardCount),
                new("parallelism", Math.Min(stage.ShardCount, job.Resources.MaxConcurrent ?? stage.ShardCount)),
                // Each shard counts its own failures: one that cannot be done does not stop the others.
                new("backoffLimitPerIndex", options.RetryLimit),
            ]
            : new Map[] { new("backoffLimit", options.RetryLimit) },
        new("podFailurePolicy", new Map[] { new("rules", RulesOf(stage)) }),
        new("template", new Map[] { new("metadata", new Map[] { new("labels", Labels(job, stage)) }), new("spec", PodOf(job, stage, options)) }),
    ];

    // The data or the command is at fault: another try would end the same. A pod that lost its machine does not count as a failure.
    private static Map[][] RulesOf(ClusterStage stage) =>
    [
        [
            new("action", stage.IsArray ? "FailIndex" : "FailJob"),
            new("onExitCodes", new Map[] { new("containerName", Container), new("operator", "In"), new("values", HopelessExitCodes) }),
        ],
        [
            new("action", "Ignore"),
            new("onPodConditions", new[] { new Map[] { new("type", "DisruptionTarget"), new("status", "True") } }),
        ],
    ];

    private static Map[] PodOf(ClusterJob job, ClusterStage stage, KubernetesOptions options) =>
    [
        new("restartPolicy", "Never"),
        .. job.Resources.TimeLimit is { } limit ? [new Map("activeDeadlineSeconds", (long)limit.TotalSeconds)] : Array.Empty<Map>(),
        new("automountServiceAccountToken", false),
        new("securityContext", new Map[]
        {
            new("runAsNonRoot", true),
            new("runAsUser", options.UserId),
            new("runAsGroup", options.UserId),
            new("fsGroup", options.UserId),
            new("fsGroupChangePolicy", "OnRootMismatch"),
            new("seccompProfile", new Map[] { new("type", "RuntimeDefault") }),
        }),
        new("containers", new[] { ContainerOf(job, stage, options) }),
        new("volumes", new Map[][]
        {
            [new("name", "data"), new("persistentVolumeClaim", new Map[] { new("claimName", options.ClaimName) })],
            [new("name", "temp"), new("emptyDir", Array.Empty<Map>())],
        }),
    ];

    private static Map[] ContainerOf(ClusterJob job, ClusterStage stage, KubernetesOptions options) =>
    [
        new("name", Container),
        new("image", options.Image),
        new("command", job.Tool.Select(Literal)),
        new("args", new[] { stage.Arguments[0], "--threads", Text(job.Resources.ThreadCount) }.Concat(stage.Arguments.Skip(1).Select(Literal))),
        new("workingDir", options.MountPath),
        new("env", EnvironmentOf(job)),
        new("resources", ResourcesOf(job.Resources)),
        new("securityContext", new Map[]
        {
            new("allowPrivilegeEscalation", false),
            new("readOnlyRootFilesystem", true),
            new("capabilities", new Map[] { new("drop", AllCapabilities) }),
        }),
        new("volumeMounts", new Map[][] { [new("name", "data"), new("mountPath", options.MountPath)], [new("name", "temp"), new("mountPath", "/tmp")] }),
    ];

    private static Map[][] EnvironmentOf(ClusterJob job) =>
    [
        [new("name", "TMPDIR"), new("value", "/tmp")],
        [new("name", "HOME"), new("value", "/tmp")],
        [new("name", "DOTNET_PROCESSOR_COUNT"), new("value", Text(job.Resources.ThreadCount))],
        .. job.Resources.HeapBytes is { } heap ? new Map[][] { [new("name", "DOTNET_GCHeapHardLimit"), new("value", $"0x{heap:X}")] } : [],
    ];

    private static Map[] ResourcesOf(ClusterResources resources)
    {
        Map[] amounts =
        [
            new("cpu", Text(resources.ThreadCount)),
            .. resources.MemoryBytes is { } memory ? [new Map("memory", $"{memory >> 20}Mi")] : Array.Empty<Map>(),
        ];
        return [new("requests", amounts), new("limits", amounts)];
    }

    private static Map[] Labels(ClusterJob job, ClusterStage stage) =>
        [new("app.kubernetes.io/name", Application), new("app.kubernetes.io/instance", job.Name), new("app.kubernetes.io/component", stage.Name)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A word that Kubernetes hands on as it is: <c>$(NAME)</c> would be filled in, and <c>$$</c> is one dollar.</summary>
    private static string Literal(string word) => word.Replace("$", "$$", StringComparison.Ordinal);
}
