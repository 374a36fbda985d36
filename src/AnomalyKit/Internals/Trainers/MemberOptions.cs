using AnomalyKit.TextValues;

namespace AnomalyKit.Trainers;

/// <summary>The options of an ensemble's members: <c>member.Option</c>.</summary>
internal static class MemberOptions
{
    private const string Every = "*";
    private const string Weight = nameof(EnsembleMember.Weight);
    private static readonly ValueText<double> Weights = ValueText.Double("above 0");

    public static IEnumerable<TrainerOption> Read(EnsembleTrainer ensemble) => ensemble.Members.SelectMany(member =>
        OptionTables.Read(member.Trainer)
            .Append(new TrainerOption(Weight, Weights.Write(member.Weight)!, "1", "How much the member counts before any weighting; only ratios matter.", Weights.Allowed))
            .Select(option => option with { Name = $"{member.Name}.{option.Name}" }));

    /// <summary>The ensemble with another value of a member's option, or null where the name begins with no member's.</summary>
    public static EnsembleTrainer? Write(EnsembleTrainer ensemble, string name, string value)
    {
        var members = ensemble.Members.ToArray();
        bool isKnown = false;
        for (int i = 0; i < members.Length; i++)
        {
            string? prefix = new[] { members[i].Name, Every }.FirstOrDefault(prefix => name.StartsWith(prefix + ".", StringComparison.OrdinalIgnoreCase));
            if (prefix is null)
                continue;
            isKnown = true;
            members[i] = Write(members[i], name[(prefix.Length + 1)..], value);
        }

        return isKnown ? ensemble with { Members = members } : null;
    }

    private static EnsembleMember Write(EnsembleMember member, string option, string value)
    {
        try
        {
            return TextWords.AreSame(option, Weight)
                ? member with { Weight = Weights.Read(value) }
                : new EnsembleMember(member.Name, OptionTables.Write(member.Trainer, option, value)) { Weight = member.Weight };
        }
        catch (ArgumentException problem)
        {
            throw new ArgumentException($"Member '{member.Name}': {ProblemText.Of(problem)}", problem);
        }
    }
}
