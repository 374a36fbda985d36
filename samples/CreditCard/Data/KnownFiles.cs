namespace AnomalyKit.Samples.CreditCard.Data;

/// <summary>The credit-card set as it is known: the same 284,807 rows in two texts.</summary>
/// <remarks>
/// ULB / Kaggle "Credit Card Fraud Detection", Open Data Commons (DbCL 1.0). A. Dal Pozzolo, O. Caelen, R. A. Johnson, G. Bontempi,
/// <i>Calibrating Probability with Undersampling for Unbalanced Classification</i>, IEEE CIDM 2015.
/// </remarks>
internal static class KnownFiles
{
    /// <summary>A public copy that needs no log-in.</summary>
    public const string PublicCopy = "https://storage.googleapis.com/download.tensorflow.org/data/creditcard.csv";

    /// <summary>The SHA-256 of the public copy, the file that Kaggle serves: header and class in quotes, 150,828,752 bytes.</summary>
    public const string QuotedSha256 = "76274b691b16a6c49d3f159c883398e03ccd6d1ee12d9d8ee38f4b4b98551a89";

    /// <summary>The SHA-256 of the copy without quotes, 150,106,291 bytes.</summary>
    public const string PlainSha256 = "d0aa7a97ad40a6424dcc68c538527d686ea58d9a52ffc7505d662155784132d2";

    /// <summary>Both texts of the set.</summary>
    public static IReadOnlyList<string> Sha256 { get; } = [QuotedSha256, PlainSha256];
}
