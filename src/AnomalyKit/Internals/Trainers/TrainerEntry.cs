namespace AnomalyKit.Trainers;

/// <summary>A detector of the catalog.</summary>
internal sealed record TrainerEntry(string Name, string Description, Func<ulong, IDetectorTrainer> Create);
