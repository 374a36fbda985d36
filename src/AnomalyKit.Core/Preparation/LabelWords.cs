namespace AnomalyKit.Preparation;

/// <summary>What words of a label column say: yes and no, and true and false as spreadsheets write them, in the languages that exports are often written in.</summary>
internal static class LabelWords
{
    private static readonly HashSet<string> Anomalies = new(StringComparer.OrdinalIgnoreCase)
    {
        "1", "true", "yes", "y", "anomaly",
        // French, German and the Scandinavian languages, Dutch, Spanish, Italian, Portuguese, Polish.
        "oui", "vrai", "ja", "wahr", "waar", "sí", "si", "verdadero", "sì", "vero", "sim", "verdadeiro", "tak", "prawda",
    };

    private static readonly HashSet<string> Normals = new(StringComparer.OrdinalIgnoreCase)
    {
        "0", "false", "no", "n", "normal",
        "non", "faux", "nein", "falsch", "nej", "nei", "nee", "onwaar", "falso", "não", "nao", "nie", "fałsz",
    };

    /// <summary>Whether a word marks an anomaly; null for a word that is not known.</summary>
    public static bool? Read(string word)
    {
        word = word.Trim();
        return Anomalies.Contains(word) ? true : Normals.Contains(word) ? false : null;
    }
}
