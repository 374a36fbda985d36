namespace AnomalyKit;

/// <summary>Which rows a session asks about next.</summary>
public enum QuestionChoice
{
    /// <summary>
    /// The default, and the best by measurement: rows whose answer is least certain and, in turn, rows whose answer would teach most about other rows. Near copies of a row that is already
    /// asked about come last.
    /// </summary>
    Balanced,

    /// <summary>The highest scores by what the answers suggest, copies or not: what an analyst would look at anyway.</summary>
    Top,

    /// <summary>The highest scores by what the answers suggest; near copies of a row that is already asked about come last.</summary>
    Diverse,

    /// <summary>Rows whose answer is least certain; near copies of a row that is already asked about come last.</summary>
    Uncertain,

    /// <summary>Rows drawn at random from all rows without an answer: an audit, and the baseline of comparisons.</summary>
    Random,
}
