namespace AnomalyKit;

/// <content>Another detector behind the same preparation.</content>
public sealed partial class TableDetector
{
    /// <summary>Another detector of the same prepared columns behind this preparation, for example one that has learned from answers about the rows of this one.</summary>
    /// <param name="detector">The detector.</param>
    /// <returns>A new detector of tables. It remembers the table as this one does, and of scores what the profile of <paramref name="detector"/> knows.</returns>
    /// <exception cref="ArgumentException">The detector was fitted on other columns than the preparation gives.</exception>
    public TableDetector WithDetector(IAnomalyDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        var profile = detector.Profile is { } scored ? Profile?.WithScoresOf(scored) : Profile?.WithoutScores();
        return new TableDetector(Preparation, detector, profile);
    }

    /// <summary>The same detector with another memory of rows, for example with other scores (<see cref="ReferenceProfile.WithScores(ReadOnlySpan{float}, double, bool)"/>).</summary>
    /// <param name="profile">A profile of the columns of the preparation; null to remember nothing.</param>
    /// <returns>A new detector, sharing preparation and model.</returns>
    /// <exception cref="ArgumentException">The profile is of other columns.</exception>
    public TableDetector WithProfile(ReferenceProfile? profile) =>
        profile is null || profile.Columns.Select(column => column.Name).SequenceEqual(Preparation.Schema.Fields.Select(field => field.Name))
            ? new TableDetector(Preparation, Detector, profile)
            : throw new ArgumentException($"The profile is of other columns ({string.Join(", ", profile.Columns.Select(column => column.Name))}) than the detector looks at ({Preparation.Schema.Names()}).", nameof(profile));
}
