using System.CommandLine;
using AnomalyKit.Tool.Arguments;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Commands;

/// <summary>Runs a fit or a scoring as an array on a cluster.</summary>
internal static class ClusterCommand
{
    public static Command Create(ToolContext context)
    {
        var command = new Command("cluster", "Writes a fit or a scoring as an array of shards on a cluster: scripts for Slurm, or Jobs for Kubernetes.");
        command.Subcommands.Add(Slurm(context));
        command.Subcommands.Add(Kubernetes(context));
        return command;
    }

    private static Command Slurm(ToolContext context)
    {
        var command = new Command("slurm", "Writes the array, the dependent merge and submit.sh; submits them, resumes what is missing, or shows their progress.");
        var job = new JobOptions();
        var common = new CommonOptions();
        var submit = new Option<bool>("--submit") { Description = "Submits the job at once." };
        var resume = new Option<bool>("--resume") { Description = "Submits what is missing of a job that was written before; needs only --folder." };
        var status = new Option<bool>("--status") { Description = "Says which shards are done, running, or failed, with the ends of their logs; needs only --folder." };
        job.AddTo(command);
        foreach (var option in (Option[])[submit, resume, status])
            command.Options.Add(option);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            if (((bool[])[parsed.GetValue(submit), parsed.GetValue(resume), parsed.GetValue(status)]).Count(given => given) > 1)
                throw new UsageException("--submit, --resume and --status exclude each other. Give one of them.");
            if (parsed.GetValue(status) || parsed.GetValue(resume))
                job.RefuseDescription(parsed, parsed.GetValue(status) ? "--status" : "--resume");
            if (parsed.GetValue(status))
                return JobView.Status(context, SlurmCluster.Status(Load(job.Folder(parsed)), cancellationToken: context.CancellationToken), common.Json(parsed));
            if (parsed.GetValue(resume))
                return JobView.Submitted(context, SlurmCluster.Resume(Load(job.Folder(parsed)), context.CancellationToken), common.Json(parsed));
            var made = job.Job(parsed, context);
            var files = SlurmCluster.Write(made);
            return parsed.GetValue(submit)
                ? JobView.Submitted(context, SlurmCluster.Submit(made, context.CancellationToken), common.Json(parsed))
                : JobView.Written(context, files, common.Json(parsed));
        });
        return command;
    }

    private static ClusterJob Load(string folder) => ClusterJob.Load(folder) with { Catalog = FeedbackFile.Catalog };

    private static Command Kubernetes(ToolContext context)
    {
        var command = new Command("kubernetes", "Writes an Indexed Job, the merge Job and run.sh, which applies them in order.");
        var job = new JobOptions();
        var common = new CommonOptions();
        var image = new Option<string>("--image") { Description = "The container image that holds the command.", HelpName = "IMAGE", Required = true };
        var claim = new Option<string>("--claim") { Description = "The persistent volume claim with data, model and results.", HelpName = "NAME", Required = true };
        var mount = new Option<string>("--mount") { Description = "Where pods see the volume; /data by default.", HelpName = "PATH", DefaultValueFactory = _ => "/data" };
        var space = new Option<string>("--namespace") { Description = "The namespace; by default that of kubectl.", HelpName = "NAME" };
        job.AddTo(command);
        foreach (var option in (Option[])[image, claim, mount, space])
            command.Options.Add(option);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            common.Apply(parsed, context);
            if (GivenOptions.Of(parsed, "--partition").Length > 0)
                throw new UsageException("--partition is for Slurm. Kubernetes has none: choose nodes in the YAML files that are written.");
            var options = JobOptions.Checked(() => new KubernetesOptions(parsed.GetValue(image)!, parsed.GetValue(claim)!) { MountPath = parsed.GetValue(mount)!, Namespace = parsed.GetValue(space) });
            return JobView.Written(context, KubernetesCluster.Write(job.Job(parsed, context), options), common.Json(parsed));
        });
        return command;
    }
}
