namespace AnomalyKit;

/// <summary>Jobs on Kubernetes: an Indexed Job for each array, a Job for each step that joins results, and a script that runs them in order.</summary>
public static class KubernetesCluster
{
    /// <summary>Writes the Jobs and <c>run.sh</c>.</summary>
    /// <param name="job">The job; its folder is created. Its working directory is the machine's that writes: pods work in <see cref="KubernetesOptions.MountPath"/>.</param>
    /// <param name="options">Image, volume and the rest.</param>
    /// <returns>The paths of the files, <c>run.sh</c> last.</returns>
    /// <exception cref="ClusterException">The folder belongs to another job.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(ClusterJob job, KubernetesOptions options)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(options);
        JobFile.Write(job);
        return
        [
            .. job.Stages.Select(stage => JobFolder.Write(job, KubernetesManifest.FileOf(stage), KubernetesManifest.Of(job, stage, options))),
            JobFolder.WriteScript(job, KubernetesRunScript.Name, KubernetesRunScript.Of(job, options)),
        ];
    }
}
