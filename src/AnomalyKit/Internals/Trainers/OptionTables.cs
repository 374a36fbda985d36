using AnomalyKit.TextValues;

namespace AnomalyKit.Trainers;

/// <summary>The options of all trainers.</summary>
internal static class OptionTables
{
    private static readonly OptionTable[] All =
    [
        IsolationForestOptions.Table,
        EllipticEnvelopeOptions.Table,
        OneClassSvmOptions.Table,
        NeighborOptions.NearestNeighbors,
        NeighborOptions.LocalOutlierFactor,
        AutoencoderOptions.Table,
        EnsembleOptions.Table,
    ];

    public static IEnumerable<TrainerOption> Read(IDetectorTrainer trainer)
    {
        var own = Of(trainer)?.Read(trainer) ?? [];
        return trainer is EnsembleTrainer ensemble ? own.Concat(MemberOptions.Read(ensemble)) : own;
    }

    public static IDetectorTrainer Write(IDetectorTrainer trainer, string name, string value)
    {
        var table = Of(trainer) ?? throw new ArgumentException($"{trainer.GetType().Name} is not a trainer of AnomalyKit, so its options cannot be set by name; set {name} in code.");
        try
        {
            if (table.Write(trainer, name, value) is { } written)
                return written;
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException)
        {
            // The trainers' own errors state the range, and those of Parse the forms.
            string allowed = problem is ArgumentOutOfRangeException or FormatException ? string.Empty : $" Allowed: {table.AllowedOf(name)}.";
            throw new ArgumentException($"{name}={value}: {ProblemText.Of(problem)}{allowed}", problem);
        }

        return trainer is EnsembleTrainer ensemble && MemberOptions.Write(ensemble, name, value) is { } changed ? changed : throw Unknown(trainer, table, name);
    }

    private static OptionTable? Of(IDetectorTrainer trainer) => Array.Find(All, table => table.Fits(trainer));

    private static ArgumentException Unknown(IDetectorTrainer trainer, OptionTable table, string name)
    {
        string[] known = [.. Read(trainer).Select(option => option.Name)];
        string members = trainer is EnsembleTrainer ensemble ? $", and those of its members with a name and a point before them: {string.Join(", ", ensemble.Members.Select(member => member.Name + "."))}" : string.Empty;
        return new ArgumentException($"{table.Kind} has no option '{name}'{Nearest.Hint(name, known)} It has {string.Join(", ", table.Names)}{members}.");
    }
}
