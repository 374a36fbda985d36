namespace AnomalyKit.Trainers;

/// <summary>An option of trainers of one kind, by name and with values as text.</summary>
internal sealed record OptionEntry<TTrainer>(string Name, string Description, string Allowed, Func<TTrainer, string?> Read, Func<TTrainer, string> Words, Func<TTrainer, string, TTrainer> Write);
