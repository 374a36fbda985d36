namespace AnomalyKit;

/// <summary>What a version of a registered model is used for. An alias says more and is what MLflow recommends today.</summary>
public enum ModelStage
{
    /// <summary>No stage was set.</summary>
    None,

    /// <summary>It is tried.</summary>
    Staging,

    /// <summary>It is used.</summary>
    Production,

    /// <summary>It is kept only.</summary>
    Archived,
}
