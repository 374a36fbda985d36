using AnomalyKit.Batch.Shell;

namespace AnomalyKit;

/// <summary>The script that submits the steps, each behind the one before.</summary>
internal static class SlurmSubmitScript
{
    public const string Name = "submit.sh";

    /// <summary>Where the script notes what it submitted: a step and its job a line.</summary>
    public const string SubmittedName = "submitted.txt";

    public static string Of(ClusterJob job) => $$"""
        #!/bin/bash
        # Submits the steps of the job, each behind the one before, and prints the job of each.
        # usage: submit.sh                      all steps
        #        submit.sh STEP[:INDEXES]...    these steps, an array with these indexes only, for example: submit.sh {{job.Stages[0].Name}}:3,7 {{job.Stages[^1].Name}}
        set -euo pipefail
        # Logs lie below the folder that sbatch is called in.
        cd -- {{BashText.Quote(job.Folder)}}
        mkdir -p logs
        [ $# -gt 0 ] || set -- {{BashText.Quote(job.Stages.Select(stage => stage.Name))}}
        behind=()
        for step in "$@"; do
            name=${step%%:*}
            options=(${behind[@]+"${behind[@]}"})
            [ "$name" = "$step" ] || options+=(--array="${step#*:}{{(job.Resources.MaxConcurrent is { } most ? $"%{most}" : string.Empty)}}")
            rm -f "$name.done"
            id=$(sbatch --parsable ${options[@]+"${options[@]}"} "$name.sbatch")
            id=${id%%;*}
            printf '%s %s\n' "$name" "$id" | tee -a {{SubmittedName}}
            behind=(--dependency="afterok:$id")
        done

        """;
}
