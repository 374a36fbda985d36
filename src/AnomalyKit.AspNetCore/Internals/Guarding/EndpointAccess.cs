namespace AnomalyKit.Serving.Guarding;

/// <summary>Who may call an endpoint.</summary>
internal enum EndpointAccess
{
    /// <summary>Everybody: health routes.</summary>
    Open,

    /// <summary>Whoever has a key, where keys are required.</summary>
    Key,

    /// <summary>Whoever has an admin key.</summary>
    Admin,
}
