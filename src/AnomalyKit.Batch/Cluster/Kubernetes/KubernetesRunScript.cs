using AnomalyKit.Batch.Shell;

namespace AnomalyKit;

/// <summary>The script that creates the Jobs one behind the other: Kubernetes knows no order of Jobs.</summary>
internal static class KubernetesRunScript
{
    public const string Name = "run.sh";
    private const int MaxFailures = 12;

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
                failures=0
                while true; do
                    if state=$({{kubectl}} get job "$job" --ignore-not-found -o 'jsonpath={.kind}{"\n"}{range .status.conditions[?(@.status=="True")]}{.type}{"\n"}{end}'); then
                        failures=0
                        if [ -z "$state" ]; then
                            echo "$job is gone: somebody deleted it. Run this script again, from this step on." >&2
                            exit 1
                        fi
                        ended=$(sed 1d <<< "$state")
                        if grep -qxE 'Complete|Failed' <<< "$ended"; then
                            break
                        fi
                    elif [ $((++failures)) -ge {{MaxFailures}} ]; then
                        echo "kubectl failed {{MaxFailures}} times in a row, so nobody knows how $job goes on. Run this script again when the cluster answers." >&2
                        exit 1
                    fi
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
