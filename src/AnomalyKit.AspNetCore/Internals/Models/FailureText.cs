namespace AnomalyKit.Serving.Models;

/// <summary>Why a model file could not be loaded, in words that name no folders.</summary>
internal static class FailureText
{
    public static string Of(ModelFailure? failure) => failure switch
    {
        ModelFailure.InvalidFile => "its file holds no model, or is damaged or incomplete.",
        ModelFailure.UnreadableFile => "its file cannot be read.",
        _ => "loading it failed.",
    };
}
