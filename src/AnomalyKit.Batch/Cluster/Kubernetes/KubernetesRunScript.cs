using AnomalyKit.Batch.Shell;

namespace AnomalyKit;

/// <summary>The script that creates the Jobs one behind the other: Kubernetes knows no order of Jobs.</summary>
internal static class KubernetesRunScript
{
    public const string Name = "run.sh";

    public static string Of(ClusterJob job, KubernetesOptions options)
    {
        string kubectl = options.Namespace is { } space ? $"kubectl --namespace={space}" : "kubectl";
        return $$"""
            #!/bin/bash
            # Creates the Job of each step, and waits for it before the next one.
            # usage: run.sh            all steps
            #        run.sh STEP...    these steps, for example: run.sh {{job.Stages[^1].Name}}
            set -euo pipefail
            cd -- {{BashText.Quote(job.Folder)}}
            [ $# -gt 0 ] || set -- {{BashText.Quote(job.Stages.Select(stage => stage.Name))}}
            for step in "$@"; do
                job={{job.Name}}-$step
                # A Job cannot be changed or run again: the new one finds what the old one has done. Indexes stay the same.
                {{kubectl}} delete job "$job" --ignore-not-found
                {{kubectl}} create -f "$step.yaml"
                until ended=$({{kubectl}} get job "$job" -o 'jsonpath={range .status.conditions[?(@.status=="True")]}{.type}{"\n"}{end}') && grep -qxE 'Complete|Failed' <<< "$ended"; do
                    sleep 5
                done
                if ! grep -qx Complete <<< "$ended"; then
                    echo "$job failed; shards without a result: $({{kubectl}} get job "$job" -o 'jsonpath={.status.failedIndexes}')" >&2
                    {{kubectl}} logs --selector="job-name=$job" --tail=10 --prefix >&2
                    exit 1
                fi
            done

            """;
    }
}
