namespace AnomalyKit;

/// <summary>Why a model file could not be loaded, without names of folders: fit for answers that anybody may read.</summary>
public enum ModelFailure
{
    /// <summary>The file cannot be opened or read, or it changed while it was read.</summary>
    UnreadableFile,

    /// <summary>The file holds no model, or it is damaged or incomplete.</summary>
    InvalidFile,

    /// <summary>Anything else, for example too little memory. <see cref="ModelStatus.Error"/> says what.</summary>
    Other,
}
