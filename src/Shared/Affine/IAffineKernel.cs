namespace AnomalyKit.Affine;

/// <summary>Maps rows by an <see cref="AffineMap"/>. All implementations give the same bits.</summary>
internal unsafe interface IAffineKernel
{
    /// <summary>Maps rows: images = W (row − center), in double.</summary>
    /// <param name="map">W and the center.</param>
    /// <param name="rows">Row-major cells.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="images">Receives <see cref="AffineMap.Stride"/> doubles per row; room for a multiple of four rows.</param>
    /// <param name="scratch">Room for four rows of <see cref="AffineMap.InputStride"/> doubles.</param>
    void Map(AffineMap map, float* rows, int count, double* images, double* scratch);

    /// <summary>Maps rows of doubles that are centered already.</summary>
    /// <param name="weights"><paramref name="stride"/> weights an input, aligned to <see cref="AffineMap.Chunk"/>.</param>
    /// <param name="stride">Doubles an image.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="rowStride">Doubles from one row to the next.</param>
    /// <param name="inputs">How many of them count.</param>
    /// <param name="count">The number of rows, a multiple of four.</param>
    /// <param name="images">Receives the images.</param>
    void MapTiles(double* weights, int stride, double* rows, int rowStride, int inputs, int count, double* images);
}
