using AnomalyKit.TextValues;

namespace AnomalyKit.Trainers;

/// <summary>The options of one type of trainers: an explicit list, so that nothing is looked up at run time.</summary>
/// <param name="kind">What such trainers are called in messages.</param>
/// <param name="standard">A trainer with the defaults.</param>
internal sealed class OptionTable<TTrainer>(string kind, TTrainer standard) : OptionTable
    where TTrainer : class, IDetectorTrainer
{
    private readonly List<OptionEntry<TTrainer>> _entries = [];

    public override string Kind => kind;

    public override IReadOnlyList<string> Names => [.. _entries.Select(entry => entry.Name)];

    /// <summary>Adds an option.</summary>
    public OptionTable<TTrainer> With<T>(string name, string description, ValueText<T> text, Func<TTrainer, T> get, Func<TTrainer, T, TTrainer> with)
    {
        _entries.Add(new OptionEntry<TTrainer>(
            name,
            description,
            text.Allowed,
            trainer => text.Write(get(trainer)),
            trainer => get(trainer)?.ToString() ?? ValueText.Null,
            (trainer, value) => with(trainer, text.Read(value))));
        return this;
    }

    public override bool Fits(IDetectorTrainer trainer) => trainer is TTrainer;

    public override IEnumerable<TrainerOption> Read(IDetectorTrainer trainer) => _entries.Select(entry =>
    {
        string? text = entry.Read((TTrainer)trainer);
        return new TrainerOption(entry.Name, text ?? entry.Words((TTrainer)trainer), entry.Read(standard)!, entry.Description, entry.Allowed) { HasText = text is not null };
    });

    public override IDetectorTrainer? Write(IDetectorTrainer trainer, string name, string value) => Find(name)?.Write((TTrainer)trainer, value);

    public override string AllowedOf(string name) => Find(name)!.Allowed;

    private OptionEntry<TTrainer>? Find(string name) => _entries.Find(entry => TextWords.AreSame(entry.Name, name));
}
